// The part of the recorded cluster session about client quotas, see cluster-steps.ts.
import { AlterClientQuotas } from '../../../src/protocol/messages/alter-client-quotas.ts';
import { DescribeClientQuotas } from '../../../src/protocol/messages/describe-client-quotas.ts';
import { type AdminStep, step } from './admin-requests.ts';

type Entity = Record<string, string | null>;
type Ops = Record<string, number | null>;
const entityOf = (entity: Entity) =>
  Object.entries(entity).map(([entityType, entityName]) => ({ entityType, entityName }));
const quotaEntry = (entity: Entity, ops: Ops) => ({
  entity: entityOf(entity),
  ops: Object.entries(ops).map(([key, value]) => ({ key, value: value ?? 0, remove: value === null })),
});
const quota = (entity: Entity, ops: Ops, validateOnly = false, version = 1) =>
  step(AlterClientQuotas, version, { entries: [quotaEntry(entity, ops)], validateOnly });
const EXACT = 0;
const DEFAULT = 1;
const ANY = 2;
const quotas = (components: [string, number, string?][], strict = false, version = 1) =>
  step(DescribeClientQuotas, version, {
    components: components.map(([entityType, matchType, match = null]) => ({ entityType, matchType, match })),
    strict,
  });

const RATE = 'producer_byte_rate';

export const QUOTA_STEPS: readonly AdminStep[] = [
  quotas([]),
  quota({ user: 'alice' }, { [RATE]: 1024, consumer_byte_rate: 2048 }, false, 0),
  quota({ user: null }, { request_percentage: 12.5, controller_mutation_rate: 3 }),
  quota({ 'client-id': 'app' }, { [RATE]: 100 }),
  quota({ 'client-id': null }, { [RATE]: 200 }),
  quota({ user: 'alice', 'client-id': 'app' }, { [RATE]: 300 }),
  quota({ user: 'alice', 'client-id': null }, { [RATE]: 400 }),
  quota({ user: null, 'client-id': 'app' }, { [RATE]: 500 }),
  quota({ user: null, 'client-id': null }, { [RATE]: 600 }),
  quota({ ip: '10.1.2.3' }, { connection_creation_rate: 20 }),
  quota({ ip: null }, { connection_creation_rate: 200 }),
  quota({ user: 'bob' }, { [RATE]: 1 }, true),
  // Refused.
  quota({}, { [RATE]: 1 }),
  quota({ user: '' }, { [RATE]: 1 }),
  quota({ 'client-id': '' }, { [RATE]: 1 }),
  quota({ ip: '' }, { connection_creation_rate: 1 }),
  quota({ group: 'g' }, { [RATE]: 1 }),
  quota({ user: 'alice', ip: '10.1.2.3' }, { [RATE]: 1 }),
  quota({ user: 'alice' }, { 'retention.ms': 1 }),
  quota({ user: 'alice' }, { connection_creation_rate: 1 }),
  quota({ ip: '10.1.2.3' }, { [RATE]: 1 }),
  quota({ ip: '300.1.2.3.4' }, { connection_creation_rate: 1 }),
  quota({ user: 'alice' }, { [RATE]: 1.5 }),
  quota({ user: 'alice' }, { [RATE]: 0 }),
  quota({ user: 'alice' }, { [RATE]: -1 }),
  quota({ user: 'alice' }, { request_percentage: 0 }),
  quota({ user: 'alice' }, { controller_mutation_rate: -2.5 }),
  quota({ user: 'alice' }, { [RATE]: 1e19 }),
  quota({ ip: '10.1.2.3' }, { connection_creation_rate: 1.5 }),
  quota({ ip: '10.1.2.3' }, { connection_creation_rate: 3e9 }),
  quota({ ip: '10.1.2.3' }, { connection_creation_rate: 0 }),
  quota({ user: 'alice' }, { request_percentage: 3, nonsense: 4 }),
  quota({ user: 'alice' }, { nonsense: null }),
  quota({ user: 'nobody' }, { [RATE]: null }),
  step(AlterClientQuotas, 1, {
    entries: [
      {
        entity: entityOf({ user: 'twice' }),
        ops: [
          { key: RATE, value: 1, remove: false },
          { key: RATE, value: 2, remove: false },
        ],
      },
      quotaEntry({ user: 'fine' }, { [RATE]: 7 }),
      quotaEntry({ user: 'bad' }, { [RATE]: 0.5 }),
    ],
    validateOnly: false,
  }),
  step(AlterClientQuotas, 1, {
    entries: [quotaEntry({ user: 'carol' }, { [RATE]: 1 }), quotaEntry({ user: 'carol' }, { [RATE]: 2 })],
    validateOnly: false,
  }),
  step(AlterClientQuotas, 1, {
    entries: [
      {
        entity: [
          { entityType: 'user', entityName: 'a' },
          { entityType: 'user', entityName: 'b' },
        ],
        ops: [{ key: RATE, value: 1, remove: false }],
      },
    ],
    validateOnly: false,
  }),
  step(AlterClientQuotas, 1, { entries: [], validateOnly: false }),
  // Described.
  quotas([]),
  quotas([], true),
  quotas([], false, 0),
  quotas([['user', ANY]]),
  quotas([['user', ANY]], true),
  quotas([['user', EXACT, 'alice']]),
  quotas([['user', EXACT, 'alice']], true),
  quotas([['user', DEFAULT]]),
  quotas([['user', DEFAULT]], true),
  quotas([
    ['user', EXACT, 'alice'],
    ['client-id', EXACT, 'app'],
  ]),
  quotas(
    [
      ['user', ANY],
      ['client-id', ANY],
    ],
    true,
  ),
  quotas([
    ['user', DEFAULT],
    ['client-id', ANY],
  ]),
  quotas([['client-id', ANY]], true),
  quotas([['client-id', EXACT, 'nobody']]),
  quotas([['ip', ANY]]),
  quotas([['ip', EXACT, '10.1.2.3']], true),
  quotas([['', ANY]]),
  quotas([['group', ANY]]),
  quotas([
    ['user', ANY],
    ['user', EXACT, 'a'],
  ]),
  quotas([['user', EXACT]]),
  quotas([['user', DEFAULT, 'x']]),
  quotas([['user', ANY, 'x']]),
  quotas([['user', 3]]),
  quotas([
    ['user', ANY],
    ['ip', ANY],
  ]),
  // Removed.
  quota({ user: 'alice' }, { [RATE]: null }),
  quota({ user: 'alice' }, { consumer_byte_rate: null, [RATE]: null }),
  quotas([['user', EXACT, 'alice']], true),
];
