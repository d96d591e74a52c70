// The requests of the recorded cluster session (test/kafka/cluster-session.jsonl), in order, against a new cluster of one
// node with id 1: credentials, quotas, elections, reassignments, features, brokers.
import { DescribeConfigs } from '../../../src/protocol/messages/describe-configs.ts';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.ts';
import { UnregisterBroker } from '../../../src/protocol/messages/unregister-broker.ts';
import { UpdateFeatures } from '../../../src/protocol/messages/update-features.ts';
import { type AdminStep, step } from './admin-requests.ts';
import { CREDENTIAL_STEPS } from './credential-steps.ts';
import { QUOTA_STEPS } from './quota-steps.ts';
import { REPLICA_STEPS } from './replica-steps.ts';

const UPGRADE = 1;
const SAFE_DOWNGRADE = 2;
const UNSAFE_DOWNGRADE = 3;
const features = (updates: [string, number, number?][], validateOnly = false, version = 2) =>
  step(UpdateFeatures, version, {
    timeoutMs: 5000,
    featureUpdates: updates.map(([feature, maxVersionLevel, upgradeType = UPGRADE]) => ({
      feature,
      maxVersionLevel,
      ...(version === 0 ? { allowDowngrade: upgradeType !== UPGRADE } : { upgradeType }),
    })),
    validateOnly,
  });

const clusterFeatures: readonly AdminStep[] = [
  features([['transaction.version', 2]]),
  features([['transaction.version', 2]], false, 1),
  features([['transaction.version', 1]]),
  features([['transaction.version', 1, SAFE_DOWNGRADE]], true),
  features([['transaction.version', 1, SAFE_DOWNGRADE]], false, 1),
  features([['transaction.version', 2, SAFE_DOWNGRADE]]),
  features([['transaction.version', 2]], false, 0),
  features([['transaction.version', 0, UNSAFE_DOWNGRADE]], true),
  features([['transaction.version', 3]]),
  features([['transaction.version', -1]]),
  features([['group.version', 0, SAFE_DOWNGRADE]]),
  features([['group.version', 1]]),
  features([['share.version', 2]]),
  features([['kraft.version', 1]], true),
  features([['kraft.version', 2]]),
  features([['kraft.version', 0, SAFE_DOWNGRADE]]),
  features([['nonsense', 1]]),
  features([['nonsense', 0, SAFE_DOWNGRADE]]),
  features([['nonsense', 1]], false, 1),
  features([['metadata.version', 30]]),
  features([['metadata.version', 31]]),
  features([['metadata.version', 29]]),
  features([['metadata.version', 29, SAFE_DOWNGRADE]], true),
  features([['metadata.version', 27, SAFE_DOWNGRADE]], true),
  features([['metadata.version', 25, SAFE_DOWNGRADE]], true),
  features([['metadata.version', 24, SAFE_DOWNGRADE]], true),
  features([['metadata.version', 7, SAFE_DOWNGRADE]], true),
  features([['metadata.version', 7, UNSAFE_DOWNGRADE]], true),
  features([['metadata.version', 6, UNSAFE_DOWNGRADE]]),
  features([['transaction.version', 0, 4]]),
  features([['transaction.version', 0, 0]]),
  features([
    ['transaction.version', 5],
    ['group.version', 0, SAFE_DOWNGRADE],
  ]),
  features(
    [
      ['transaction.version', 5],
      ['group.version', 0, SAFE_DOWNGRADE],
    ],
    false,
    1,
  ),
  features([['eligible.leader.replicas.version', 0, SAFE_DOWNGRADE]], true),
  features([['streams.version', 0, SAFE_DOWNGRADE]], true),
  features([]),
];

const BROKER_LOGGER = 8;
const LOGGER = 'kafka.server.ReplicaManager';
const setLevels = (resourceName: string, configs: [string, string | null, number?][], validateOnly = false) =>
  step(IncrementalAlterConfigs, 1, {
    resources: [
      {
        resourceType: BROKER_LOGGER,
        resourceName,
        configs: configs.map(([name, value, configOperation = 0]) => ({ name, value, configOperation })),
      },
    ],
    validateOnly,
  });
const levelOf = (...configurationKeys: string[]) =>
  step(DescribeConfigs, 4, {
    resources: [{ resourceType: BROKER_LOGGER, resourceName: '1', configurationKeys }],
    includeSynonyms: true,
    includeDocumentation: true,
  });

const loggers: readonly AdminStep[] = [
  levelOf(LOGGER),
  setLevels('1', [[LOGGER, 'DEBUG']], true),
  levelOf(LOGGER),
  setLevels('1', [[LOGGER, 'DEBUG']]),
  levelOf(LOGGER, 'no.such.logger'),
  setLevels('1', [[LOGGER, 'LOUD']]),
  setLevels('1', [[LOGGER, 'debug']]),
  setLevels('1', [['no.such.logger', 'DEBUG']]),
  setLevels('1', [['no.such.logger', null, 1]]),
  setLevels('1', [['root', null, 1]]),
  setLevels('1', [[LOGGER, 'X', 2]]),
  setLevels('1', [[LOGGER, 'X', 3]]),
  setLevels('1', [[LOGGER, null]]),
  setLevels('1', [[LOGGER, null, 1]]),
  levelOf(LOGGER),
  setLevels('2', [[LOGGER, 'INFO']]),
  setLevels('', [[LOGGER, 'INFO']]),
  setLevels('x', [[LOGGER, 'INFO']]),
  setLevels('1', []),
];

/** Last, as the node does not come back from it. */
const brokers: readonly AdminStep[] = [
  step(UnregisterBroker, 0, { brokerId: 7 }),
  step(UnregisterBroker, 0, { brokerId: -1 }),
  step(UnregisterBroker, 0, { brokerId: 1 }),
  step(UnregisterBroker, 0, { brokerId: 1 }),
];

export const CLUSTER_STEPS: readonly AdminStep[] = [
  ...CREDENTIAL_STEPS,
  ...QUOTA_STEPS,
  ...REPLICA_STEPS,
  ...clusterFeatures,
  ...loggers,
  ...brokers,
];
