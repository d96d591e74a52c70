// The metadata records that ktool writes, with the versions that metadata.version 4.3-IV0 asks for.

import { AbortTransactionRecord } from '../../protocol/state/metadata/abort-transaction-record.ts';
import { AccessControlEntryRecord } from '../../protocol/state/metadata/access-control-entry-record.ts';
import { BeginTransactionRecord } from '../../protocol/state/metadata/begin-transaction-record.ts';
import { BrokerRegistrationChangeRecord } from '../../protocol/state/metadata/broker-registration-change-record.ts';
import { ClientQuotaRecord } from '../../protocol/state/metadata/client-quota-record.ts';
import { ConfigRecord } from '../../protocol/state/metadata/config-record.ts';
import { DelegationTokenRecord } from '../../protocol/state/metadata/delegation-token-record.ts';
import { EndTransactionRecord } from '../../protocol/state/metadata/end-transaction-record.ts';
import { FeatureLevelRecord } from '../../protocol/state/metadata/feature-level-record.ts';
import { PartitionChangeRecord } from '../../protocol/state/metadata/partition-change-record.ts';
import { PartitionRecord } from '../../protocol/state/metadata/partition-record.ts';
import { ProducerIdsRecord } from '../../protocol/state/metadata/producer-ids-record.ts';
import { RegisterBrokerRecord } from '../../protocol/state/metadata/register-broker-record.ts';
import { RegisterControllerRecord } from '../../protocol/state/metadata/register-controller-record.ts';
import { RemoveAccessControlEntryRecord } from '../../protocol/state/metadata/remove-access-control-entry-record.ts';
import { RemoveDelegationTokenRecord } from '../../protocol/state/metadata/remove-delegation-token-record.ts';
import { RemoveTopicRecord } from '../../protocol/state/metadata/remove-topic-record.ts';
import { RemoveUserScramCredentialRecord } from '../../protocol/state/metadata/remove-user-scram-credential-record.ts';
import { TopicRecord } from '../../protocol/state/metadata/topic-record.ts';
import { UnregisterBrokerRecord } from '../../protocol/state/metadata/unregister-broker-record.ts';
import { UserScramCredentialRecord } from '../../protocol/state/metadata/user-scram-credential-record.ts';

export const Records = {
  registerBroker: { type: 0, message: RegisterBrokerRecord, version: 4 },
  unregisterBroker: { type: 1, message: UnregisterBrokerRecord, version: 0 },
  topic: { type: 2, message: TopicRecord, version: 0 },
  partition: { type: 3, message: PartitionRecord, version: 2 },
  config: { type: 4, message: ConfigRecord, version: 0 },
  partitionChange: { type: 5, message: PartitionChangeRecord, version: 2 },
  removeTopic: { type: 9, message: RemoveTopicRecord, version: 0 },
  delegationToken: { type: 10, message: DelegationTokenRecord, version: 0 },
  userScramCredential: { type: 11, message: UserScramCredentialRecord, version: 0 },
  featureLevel: { type: 12, message: FeatureLevelRecord, version: 0 },
  clientQuota: { type: 14, message: ClientQuotaRecord, version: 0 },
  producerIds: { type: 15, message: ProducerIdsRecord, version: 0 },
  brokerRegistrationChange: { type: 17, message: BrokerRegistrationChangeRecord, version: 3 },
  accessControlEntry: { type: 18, message: AccessControlEntryRecord, version: 0 },
  removeAccessControlEntry: { type: 19, message: RemoveAccessControlEntryRecord, version: 0 },
  removeUserScramCredential: { type: 22, message: RemoveUserScramCredentialRecord, version: 0 },
  beginTransaction: { type: 23, message: BeginTransactionRecord, version: 0 },
  endTransaction: { type: 24, message: EndTransactionRecord, version: 0 },
  abortTransaction: { type: 25, message: AbortTransactionRecord, version: 0 },
  removeDelegationToken: { type: 26, message: RemoveDelegationTokenRecord, version: 0 },
  registerController: { type: 27, message: RegisterControllerRecord, version: 0 },
} as const;
