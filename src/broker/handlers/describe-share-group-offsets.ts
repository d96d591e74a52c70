// DescribeShareGroupOffsets (v0-1): v1 lag (KIP-1226). Rules: groups/share/describe-offsets.ts.
import { KafkaError } from '../../protocol/errors.ts';
import { DescribeShareGroupOffsets } from '../../protocol/messages/describe-share-group-offsets.ts';
import type { DescribedOffsets, EndOffset, OffsetsRequest } from '../groups/share/describe-offsets.ts';
import { hostedPartition } from '../hosted-partition.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';
import { assertShareGroups } from './group-protocols.ts';

export const describeShareGroupOffsetsHandler = defineHandler(DescribeShareGroupOffsets, (request, { services }) => ({
  throttleTimeMs: 0,
  groups: request.groups.map((group) => describe(services, group)),
}));

function describe(services: Services, request: OffsetsRequest): DescribedOffsets {
  try {
    assertShareGroups(services);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return { groupId: request.groupId, topics: [], errorCode: error.code, errorMessage: null };
  }
  try {
    return services.groups.sharesOf(request.groupId).describeOffsets(request, endOffsets(services));
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return { groupId: request.groupId, topics: [], errorCode: error.code, errorMessage: error.message };
  }
}

function endOffsets(services: Services): EndOffset {
  return (topic, index) => {
    const partition = hostedPartition(services, services.metadata.topic(topic), index);
    return typeof partition === 'number' ? { errorCode: partition } : { offset: partition.log.highWatermark };
  };
}
