// GroupMetadata: a classic group: its generation, protocol and members.
import { array, bytes, type DecodedMessage, int32, int64, message, string } from '../../schema.ts';

export const GroupMetadataKey = message({
  name: 'GroupMetadataKey',
  versions: [0, 0],
  flexible: null,
  fields: { group: string },
});

export interface GroupMetadataKeyData extends DecodedMessage<typeof GroupMetadataKey> {}

const memberMetadata = {
  memberId: string,
  groupInstanceId: string.since(3).nullable().default(null),
  clientId: string,
  clientHost: string,
  rebalanceTimeout: int32.since(1).default(-1),
  sessionTimeout: int32,
  subscription: bytes,
  assignment: bytes,
};
export const GroupMetadataValue = message({
  name: 'GroupMetadataValue',
  versions: [0, 4],
  flexible: 4,
  fields: {
    protocolType: string,
    generation: int32,
    protocol: string.nullable(),
    leader: string.nullable(),
    currentStateTimestamp: int64.since(2).default(-1),
    members: array(memberMetadata),
  },
});

export interface GroupMetadataValueData extends DecodedMessage<typeof GroupMetadataValue> {}
