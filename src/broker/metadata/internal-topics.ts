/** Topics that only the broker writes to; clients see them marked (org.apache.kafka.common.internals.Topic). */
export const InternalTopic = {
  CONSUMER_OFFSETS: '__consumer_offsets',
  TRANSACTION_STATE: '__transaction_state',
  SHARE_GROUP_STATE: '__share_group_state',
} as const;
export type InternalTopic = (typeof InternalTopic)[keyof typeof InternalTopic];

/** The topic of the metadata log; it is a topic to the log code, not to clients. */
export const METADATA_TOPIC = '__cluster_metadata';

const INTERNAL: ReadonlySet<string> = new Set(Object.values(InternalTopic));

/** Topic.isInternal. */
export function isInternalTopic(name: string): name is InternalTopic {
  return INTERNAL.has(name);
}
