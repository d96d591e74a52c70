// What a listener of controller.listener.names serves: of the APIs that Kafka's controllers have ("listeners" in its message
// specifications) those that this program has. Records are not among them, so that a listener which is there for
// administration, and is PLAINTEXT unless somebody says otherwise, is no way around the login of the others.
import { AddRaftVoter } from '../../protocol/messages/add-raft-voter.ts';
import { AlterClientQuotas } from '../../protocol/messages/alter-client-quotas.ts';
import { AlterConfigs } from '../../protocol/messages/alter-configs.ts';
import { AlterPartitionReassignments } from '../../protocol/messages/alter-partition-reassignments.ts';
import { AlterUserScramCredentials } from '../../protocol/messages/alter-user-scram-credentials.ts';
import { ApiVersions } from '../../protocol/messages/api-versions.ts';
import { CreateAcls } from '../../protocol/messages/create-acls.ts';
import { CreateDelegationToken } from '../../protocol/messages/create-delegation-token.ts';
import { CreatePartitions } from '../../protocol/messages/create-partitions.ts';
import { CreateTopics } from '../../protocol/messages/create-topics.ts';
import { DeleteAcls } from '../../protocol/messages/delete-acls.ts';
import { DeleteTopics } from '../../protocol/messages/delete-topics.ts';
import { DescribeAcls } from '../../protocol/messages/describe-acls.ts';
import { DescribeCluster } from '../../protocol/messages/describe-cluster.ts';
import { DescribeConfigs } from '../../protocol/messages/describe-configs.ts';
import { DescribeDelegationToken } from '../../protocol/messages/describe-delegation-token.ts';
import { DescribeQuorum } from '../../protocol/messages/describe-quorum.ts';
import { DescribeUserScramCredentials } from '../../protocol/messages/describe-user-scram-credentials.ts';
import { ElectLeaders } from '../../protocol/messages/elect-leaders.ts';
import { ExpireDelegationToken } from '../../protocol/messages/expire-delegation-token.ts';
import { IncrementalAlterConfigs } from '../../protocol/messages/incremental-alter-configs.ts';
import { ListPartitionReassignments } from '../../protocol/messages/list-partition-reassignments.ts';
import { RemoveRaftVoter } from '../../protocol/messages/remove-raft-voter.ts';
import { RenewDelegationToken } from '../../protocol/messages/renew-delegation-token.ts';
import { SaslAuthenticate } from '../../protocol/messages/sasl-authenticate.ts';
import { SaslHandshake } from '../../protocol/messages/sasl-handshake.ts';
import { UnregisterBroker } from '../../protocol/messages/unregister-broker.ts';
import { UpdateFeatures } from '../../protocol/messages/update-features.ts';

const FOR_CONTROLLERS: ReadonlySet<number> = new Set(
  [
    AddRaftVoter,
    AlterClientQuotas,
    AlterConfigs,
    AlterPartitionReassignments,
    AlterUserScramCredentials,
    ApiVersions,
    CreateAcls,
    CreateDelegationToken,
    CreatePartitions,
    CreateTopics,
    DeleteAcls,
    DeleteTopics,
    DescribeAcls,
    DescribeCluster,
    DescribeConfigs,
    DescribeDelegationToken,
    DescribeQuorum,
    DescribeUserScramCredentials,
    ElectLeaders,
    ExpireDelegationToken,
    IncrementalAlterConfigs,
    ListPartitionReassignments,
    RemoveRaftVoter,
    RenewDelegationToken,
    SaslAuthenticate,
    SaslHandshake,
    UnregisterBroker,
    UpdateFeatures,
  ].map(({ key }) => key),
);

export const isForControllers = (apiKey: number): boolean => FOR_CONTROLLERS.has(apiKey);
