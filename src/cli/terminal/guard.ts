import type { Admin } from '../../client/admin.ts';
import { UpgradeType } from '../../tools/features/update.ts';
import { type Confirm, named } from './confirm.ts';
import { durationText } from './units.ts';

/** What a call destroys, as the lines of a question; undefined for one that can be undone. */
type Loss = { readonly [M in keyof Admin]?: (...args: Parameters<Admin[M]>) => Question | undefined };

interface Question {
  readonly does: string;
  readonly things: readonly string[];
}

const at = ({ topic, partition }: { readonly topic: string; readonly partition: number }) => `${topic}-${partition}`;
const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

const LOSSES: Loss = {
  deleteTopics: (names) => ({ does: `deletes ${plural(names.length, 'topic')} with all records`, things: names }),
  deleteTopicsById: (ids) => ({ does: `deletes ${plural(ids.length, 'topic')} with all records`, things: ids }),
  deleteGroups: (groups) => ({ does: `deletes ${plural(groups.length, 'group')} with all offsets`, things: groups }),
  deleteGroupOffsets: (group, partitions) => ({
    does: `deletes offsets of group ${group}`,
    things: partitions.map(at),
  }),
  alterGroupOffsets: (group, offsets) => ({
    does: `moves group ${group}; where it is now will not be known any more`,
    things: offsets.map((offset) => `${at(offset)} to ${offset.offset}`),
  }),
  deleteShareGroupOffsets: (group, topics) => ({ does: `deletes offsets of share group ${group}`, things: topics }),
  alterShareGroupOffsets: (group, offsets) => ({
    does: `moves share group ${group}; where it is now will not be known any more`,
    things: offsets.map((offset) => `${at(offset)} to ${offset.offset}`),
  }),
  deleteRecords: (requests) => ({
    does: 'deletes records',
    things: requests.map(
      (each) => `${at(each)} ${each.beforeOffset < 0 ? 'all of them' : `before offset ${each.beforeOffset}`}`,
    ),
  }),
  abortTransaction: (transaction) => ({
    does: 'aborts a transaction, whose records nobody will see',
    things: [`${at(transaction)} of producer id ${transaction.producerId}`],
  }),
  terminateTransaction: (id) => ({ does: 'ends a transaction, whose records nobody will see', things: [id] }),
  expireDelegationToken: (_hmac, periodMs) => ({
    does: 'ends a delegation token; who logs in with it will be refused',
    things: [
      periodMs === undefined || periodMs < 0
        ? 'the token of this HMAC, at once'
        : `the token of this HMAC, in ${durationText(periodMs)}`,
    ],
  }),
  removeRaftVoter: ({ id, directoryId }) => ({
    does: 'takes a controller out of the quorum; what only it has is not safe any more',
    things: [`controller ${id}, directory ${directoryId}`],
  }),
  updateFeatures: (updates, options) => {
    const unsafe = options?.validateOnly
      ? []
      : updates.filter(({ upgradeType }) => upgradeType === UpgradeType.UNSAFE_DOWNGRADE);
    return {
      does: 'takes features down although metadata may be lost',
      things: unsafe.map(({ feature, maxVersionLevel }) => `${feature} to level ${maxVersionLevel}`),
    };
  },
  alterScram: ({ deletions = [] }) => ({
    does: 'deletes passwords; who logs in with them will be refused',
    things: deletions.map(({ user, mechanism }) => `${user}, ${mechanism}`),
  }),
  unregisterBroker: (id) => ({ does: 'takes a broker off the cluster', things: [`broker ${id}`] }),
  electLeaders: (type, partitions) =>
    type === 'UNCLEAN'
      ? {
          does: 'elects leaders that may lack records; those are lost',
          things: partitions?.map(at) ?? ['all partitions without a leader'],
        }
      : undefined,
};

/**
 * The same client, which asks before a call that cannot be undone, with the names of what goes.
 * @param where the name of the cluster for people: of the context, or the address
 */
export function guarded(admin: Admin, confirm: Confirm, where: string): Admin {
  return new Proxy(admin, {
    get(target, name) {
      const method = Reflect.get(target, name, target) as unknown;
      if (typeof method !== 'function') return method;
      const loss = (LOSSES as Record<string | symbol, ((...args: unknown[]) => Question | undefined) | undefined>)[
        name
      ];
      if (loss === undefined) return method.bind(target);
      return async (...args: unknown[]) => {
        const question = loss(...args);
        if (question && question.things.length > 0)
          await confirm.ask(`On ${where} this ${question.does}:\n${named(question.things)}`);
        return method.apply(target, args);
      };
    },
  });
}
