import { randomUUID } from 'node:crypto';
import type { ClassicGroup } from './classic-group.ts';
import { ConsumerGroups } from './consumer/consumer-groups.ts';
import type { GroupContext } from './context.ts';
import type { GroupCoordinatorOptions } from './coordinator-options.ts';
import { type GroupKind, kindOf } from './modern/group-kind.ts';
import { Offsets } from './offsets.ts';
import { PendingOffsets } from './pending-offsets.ts';
import { adoptGroup } from './rebalance.ts';
import { ShareGroups } from './share/share-groups.ts';
import { StreamsGroups } from './streams/streams-groups.ts';

/** The groups of all kinds, empty, and what the steps of the coordinator work with. */
export function groupContext(
  options: GroupCoordinatorOptions,
  sessionExpired: GroupContext['sessionExpired'],
): GroupContext {
  const { clock, logger, store, config, topics, newUuid = randomUUID } = options;
  const configsOf = options.configsOf ?? (() => new Map<string, string>());
  const append: GroupContext['append'] = (groupId, records, producer) => store.append(groupId, records, producer);
  const offsets = new Offsets();
  const groups: GroupContext['groups'] = new Map();
  const adopt = (group: ClassicGroup, reason: string | undefined) => adoptGroup(context, group, reason);
  const kinds: GroupKind[] = [];
  const isOtherKind = (groupId: string) => kindOf(kinds, groupId) !== undefined;
  const parts = { clock, logger, classicGroups: groups, isOtherKind, topics, configsOf, append };
  const consumers = new ConsumerGroups({ ...parts, adopt }, config);
  const shares = new ShareGroups(
    { ...parts, isOtherKind: (groupId) => groups.has(groupId) || isOtherKind(groupId), state: options.shareState },
    config,
  );
  const streams = new StreamsGroups(parts, config);
  kinds.push(consumers, shares, streams);
  const context: GroupContext = {
    get config() {
      return config();
    },
    clock,
    logger,
    groups,
    consumers,
    shares,
    streams,
    kinds,
    offsets,
    pending: new PendingOffsets(offsets),
    newUuid,
    append,
    partitionFor: (groupId) => store.partitionFor(groupId),
    sessionExpired,
  };
  return context;
}
