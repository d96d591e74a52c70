import { ErrorCode, KafkaError } from '../protocol/errors.ts';

/** What Kafka's Admin lets controllers be asked (KIP-919), by the names of its calls; `metadata` and `apiVersions` are ours. */
export const SERVED_BY_CONTROLLERS: ReadonlySet<string> = new Set([
  'addRaftVoter',
  'alterPartitionReassignments',
  'apiVersions',
  'createAcls',
  'deleteAcls',
  'describeAcls',
  'describeCluster',
  'describeConfigs',
  'describeFeatures',
  'describeMetadataQuorum',
  'incrementalAlterConfigs',
  'listPartitionReassignments',
  'metadata',
  'removeRaftVoter',
  'unregisterBroker',
  'updateFeatures',
]);

/** The error of all other calls. */
export const notByControllers = (): KafkaError =>
  new KafkaError(
    ErrorCode.UNSUPPORTED_ENDPOINT_TYPE,
    'This Admin API is not yet supported when communicating directly with the controller quorum.',
  );
