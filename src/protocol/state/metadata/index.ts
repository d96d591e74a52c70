// The records of the cluster metadata log by their type number (KRaft, MetadataRecordType).
import type { Message } from '../../schema.ts';
import { AbortTransactionRecord } from './abort-transaction-record.ts';
import { AccessControlEntryRecord } from './access-control-entry-record.ts';
import { BeginTransactionRecord } from './begin-transaction-record.ts';
import { BrokerRegistrationChangeRecord } from './broker-registration-change-record.ts';
import { ClearElrRecord } from './clear-elr-record.ts';
import { ClientQuotaRecord } from './client-quota-record.ts';
import { ConfigRecord } from './config-record.ts';
import { DelegationTokenRecord } from './delegation-token-record.ts';
import { EndTransactionRecord } from './end-transaction-record.ts';
import { FeatureLevelRecord } from './feature-level-record.ts';
import { FenceBrokerRecord } from './fence-broker-record.ts';
import { NoOpRecord } from './no-op-record.ts';
import { PartitionChangeRecord } from './partition-change-record.ts';
import { PartitionRecord } from './partition-record.ts';
import { ProducerIdsRecord } from './producer-ids-record.ts';
import { RegisterBrokerRecord } from './register-broker-record.ts';
import { RegisterControllerRecord } from './register-controller-record.ts';
import { RemoveAccessControlEntryRecord } from './remove-access-control-entry-record.ts';
import { RemoveDelegationTokenRecord } from './remove-delegation-token-record.ts';
import { RemoveTopicRecord } from './remove-topic-record.ts';
import { RemoveUserScramCredentialRecord } from './remove-user-scram-credential-record.ts';
import { TopicRecord } from './topic-record.ts';
import { UnfenceBrokerRecord } from './unfence-broker-record.ts';
import { UnregisterBrokerRecord } from './unregister-broker-record.ts';
import { UserScramCredentialRecord } from './user-scram-credential-record.ts';
import { ZkMigrationStateRecord } from './zk-migration-state-record.ts';

export const metadataRecords: ReadonlyMap<number, Message> = new Map<number, Message>([
  [0, RegisterBrokerRecord],
  [1, UnregisterBrokerRecord],
  [2, TopicRecord],
  [3, PartitionRecord],
  [4, ConfigRecord],
  [5, PartitionChangeRecord],
  [7, FenceBrokerRecord],
  [8, UnfenceBrokerRecord],
  [9, RemoveTopicRecord],
  [10, DelegationTokenRecord],
  [11, UserScramCredentialRecord],
  [12, FeatureLevelRecord],
  [14, ClientQuotaRecord],
  [15, ProducerIdsRecord],
  [17, BrokerRegistrationChangeRecord],
  [18, AccessControlEntryRecord],
  [19, RemoveAccessControlEntryRecord],
  [20, NoOpRecord],
  [21, ZkMigrationStateRecord],
  [22, RemoveUserScramCredentialRecord],
  [23, BeginTransactionRecord],
  [24, EndTransactionRecord],
  [25, AbortTransactionRecord],
  [26, RemoveDelegationTokenRecord],
  [27, RegisterControllerRecord],
  [28, ClearElrRecord],
]);
