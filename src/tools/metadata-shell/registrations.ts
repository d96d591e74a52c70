// The texts of single nodes: toString() of the classes that Kafka keeps of them.
import type { AccessControlEntryRecordData } from '../../protocol/state/metadata/access-control-entry-record.ts';
import type { DelegationTokenRecordData } from '../../protocol/state/metadata/delegation-token-record.ts';
import type { PartitionRecordData } from '../../protocol/state/metadata/partition-record.ts';
import type { RegisterBrokerRecordData } from '../../protocol/state/metadata/register-broker-record.ts';
import type { RegisterControllerRecordData } from '../../protocol/state/metadata/register-controller-record.ts';
import type { UserScramCredentialRecordData } from '../../protocol/state/metadata/user-scram-credential-record.ts';

const SECURITY_PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'];
const list = (items: readonly unknown[] | null | undefined): string => `[${(items ?? []).join(', ')}]`;

type Listeners = RegisterBrokerRecordData['endPoints'];
type Features = RegisterBrokerRecordData['features'];

const listenersText = (endPoints: Listeners): string =>
  list(
    endPoints.map(
      ({ name, securityProtocol, host, port }) =>
        `Endpoint(listenerName='${name}', securityProtocol=${SECURITY_PROTOCOLS[securityProtocol]}, host='${host}', port=${port})`,
    ),
  );

const featuresText = (features: Features): string =>
  `{${[...features]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(
      ({ name, minSupportedVersion, maxSupportedVersion }) => `${name}: ${minSupportedVersion}-${maxSupportedVersion}`,
    )
    .join(', ')}}`;

export function brokerText(broker: RegisterBrokerRecordData): string {
  const parts = [
    `id=${broker.brokerId}`,
    `epoch=${broker.brokerEpoch}`,
    `incarnationId=${broker.incarnationId}`,
    `listeners=${listenersText(broker.endPoints)}`,
    `supportedFeatures=${featuresText(broker.features)}`,
    `rack=${broker.rack === null ? 'Optional.empty' : `Optional[${broker.rack}]`}`,
    `fenced=${broker.fenced}`,
    `inControlledShutdown=${broker.inControlledShutdown}`,
    `isMigratingZkBroker=${broker.isMigratingZkBroker}`,
    `directories=${list(broker.logDirs)}`,
    `cordonedDirectories=${broker.cordonedLogDirs && list(broker.cordonedLogDirs)}`,
  ];
  return `BrokerRegistration(${parts.join(', ')})`;
}

export function controllerText(controller: RegisterControllerRecordData): string {
  const parts = [
    `id=${controller.controllerId}`,
    `incarnationId=${controller.incarnationId}`,
    `zkMigrationReady=${controller.zkMigrationReady}`,
    `listeners=${listenersText(controller.endPoints)}`,
    `supportedFeatures=${featuresText(controller.features)}`,
  ];
  return `ControllerRegistration(${parts.join(', ')})`;
}

export function partitionText(partition: PartitionRecordData): string {
  const parts = [
    `replicas=${list(partition.replicas)}`,
    `directories=${list(partition.directories)}`,
    `isr=${list(partition.isr)}`,
    `removingReplicas=${list(partition.removingReplicas)}`,
    `addingReplicas=${list(partition.addingReplicas)}`,
    `elr=${list(partition.eligibleLeaderReplicas)}`,
    `lastKnownElr=${list(partition.lastKnownElr)}`,
    `leader=${partition.leader}`,
    `leaderRecoveryState=${partition.leaderRecoveryState === 1 ? 'RECOVERING' : 'RECOVERED'}`,
    `leaderEpoch=${partition.leaderEpoch}`,
    `partitionEpoch=${partition.partitionEpoch}`,
  ];
  return `PartitionRegistration(${parts.join(', ')})`;
}

export function scramText({ salt, storedKey, serverKey, iterations }: UserScramCredentialRecordData): string {
  const hex = (bytes: Buffer) => bytes.toString('hex');
  return `ScramCredentialData(salt=${hex(salt)}, storedKey=${hex(storedKey)}, serverKey=${hex(serverKey)}, iterations=${iterations})`;
}

const RESOURCE_TYPES = ['UNKNOWN', 'ANY', 'TOPIC', 'GROUP', 'CLUSTER', 'TRANSACTIONAL_ID', 'DELEGATION_TOKEN', 'USER'];
const PATTERN_TYPES = ['UNKNOWN', 'ANY', 'MATCH', 'LITERAL', 'PREFIXED'];
const OPERATIONS = [
  ...['UNKNOWN', 'ANY', 'ALL', 'READ', 'WRITE', 'CREATE', 'DELETE', 'ALTER', 'DESCRIBE', 'CLUSTER_ACTION'],
  ...['DESCRIBE_CONFIGS', 'ALTER_CONFIGS', 'IDEMPOTENT_WRITE', 'CREATE_TOKENS', 'DESCRIBE_TOKENS', 'TWO_PHASE_COMMIT'],
];
const PERMISSIONS = ['UNKNOWN', 'ANY', 'DENY', 'ALLOW'];

export function aclText(acl: AccessControlEntryRecordData): string {
  const parts = [
    `resourceType=${RESOURCE_TYPES[acl.resourceType]}`,
    `resourceName=${acl.resourceName}`,
    `patternType=${PATTERN_TYPES[acl.patternType]}`,
    `principal=${acl.principal}`,
    `host=${acl.host}`,
    `operation=${OPERATIONS[acl.operation]}`,
    `permissionType=${PERMISSIONS[acl.permissionType]}`,
  ];
  return `StandardAcl[${parts.join(', ')}]`;
}

/** With the brackets as Kafka 4.3 sets them. */
export function tokenText(token: DelegationTokenRecordData): string {
  const who = `tokenId=${token.tokenId}(owner=${token.owner}(tokenRequester=${token.requester}(renewers=${token.renewers.join(' ')}`;
  const times = `issueTimestamp=${token.issueTimestamp}, maxTimestamp=${token.maxTimestamp})`;
  return `DelegationTokenData${who}, ${times}, expiryTimestamp=${token.expirationTimestamp}`;
}
