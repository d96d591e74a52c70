// AlterShareGroupOffsets (v0, KIP-932). Rules: groups/share/alter-offsets.ts.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { AlterShareGroupOffsets } from '../../protocol/messages/alter-share-group-offsets.ts';
import { defineHandler } from './define.ts';
import { assertShareGroups } from './group-protocols.ts';

export const alterShareGroupOffsetsHandler = defineHandler(AlterShareGroupOffsets, (request, { services }) => {
  try {
    assertShareGroups(services);
    if (request.groupId === '') throw new KafkaError(ErrorCode.INVALID_GROUP_ID);
    return services.groups.sharesOf(request.groupId).alterOffsets(request);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return { throttleTimeMs: 0, errorCode: error.code, errorMessage: error.message, responses: [] };
  }
});
