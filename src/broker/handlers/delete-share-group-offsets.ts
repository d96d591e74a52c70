// DeleteShareGroupOffsets (v0, KIP-932). Rules: groups/share/delete-state.ts.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { DeleteShareGroupOffsets } from '../../protocol/messages/delete-share-group-offsets.ts';
import { defineHandler } from './define.ts';
import { assertShareGroups } from './group-protocols.ts';

export const deleteShareGroupOffsetsHandler = defineHandler(DeleteShareGroupOffsets, (request, { services }) => {
  try {
    assertShareGroups(services);
    if (request.groupId === '') throw new KafkaError(ErrorCode.INVALID_GROUP_ID);
    return services.groups.sharesOf(request.groupId).deleteOffsets(request);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return { throttleTimeMs: 0, errorCode: error.code, errorMessage: error.message, responses: [] };
  }
});
