import java.util.*;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.admin.FeatureUpdate.UpgradeType;
import org.apache.kafka.common.Uuid;

/** The cluster itself: brokers, features, quorum. */
final class ClusterCases {
  static void run(AdminTable t) throws Exception {
    Admin admin = t.admin;
    t.line("describeCluster", () -> admin.describeCluster().nodes());
    t.line("describeCluster controller", () -> admin.describeCluster().controller());
    t.line("describeCluster operations", () -> admin.describeCluster(new DescribeClusterOptions().includeAuthorizedOperations(true)).authorizedOperations());
    t.line("describeCluster no operations", () -> admin.describeCluster(new DescribeClusterOptions()).authorizedOperations());
    t.line("describeCluster fenced", () -> admin.describeCluster(new DescribeClusterOptions().includeFencedBrokers(true)).nodes());
    t.line("describeFeatures", () -> admin.describeFeatures().featureMetadata().get().supportedFeatures());
    t.line("describeFeatures finalized", () -> admin.describeFeatures(new DescribeFeaturesOptions()).featureMetadata().get().finalizedFeatures());
    t.line("describeFeatures of node", () -> admin.describeFeatures(new DescribeFeaturesOptions().nodeId(1)).featureMetadata().get().finalizedFeatures());
    t.line("describeFeatures of absent node", () -> admin.describeFeatures(new DescribeFeaturesOptions().nodeId(9).timeoutMs(1500)));
    update(t, "none", Map.of());
    update(t, "unknown", Map.of("no.such.feature", new FeatureUpdate((short) 1, UpgradeType.UPGRADE)));
    update(t, "same level", Map.of("group.version", new FeatureUpdate((short) 1, UpgradeType.UPGRADE)));
    update(t, "too high", Map.of("group.version", new FeatureUpdate((short) 99, UpgradeType.UPGRADE)));
    update(t, "downgrade as upgrade", Map.of("transaction.version", new FeatureUpdate((short) 1, UpgradeType.UPGRADE)));
    update(t, "safe downgrade", Map.of("transaction.version", new FeatureUpdate((short) 1, UpgradeType.SAFE_DOWNGRADE)));
    update(t, "unsafe downgrade", Map.of("metadata.version", new FeatureUpdate((short) 20, UpgradeType.UNSAFE_DOWNGRADE)));
    update(t, "kraft.version", Map.of("kraft.version", new FeatureUpdate((short) 1, UpgradeType.UPGRADE)));
    update(t, "one good, one bad", Map.of("group.version", new FeatureUpdate((short) 1, UpgradeType.UPGRADE), "no.such", new FeatureUpdate((short) 1, UpgradeType.UPGRADE)));
    t.line("updateFeatures without options", () -> admin.updateFeatures(Map.of("", new FeatureUpdate((short) 1, UpgradeType.UPGRADE))));
    t.line("describeMetadataQuorum", () -> admin.describeMetadataQuorum());
    t.line("describeMetadataQuorum options", () -> admin.describeMetadataQuorum(new DescribeMetadataQuorumOptions().timeoutMs(5000)));
    Uuid id = new Uuid(1, 2);
    Set<RaftVoterEndpoint> endpoints = Set.of(new RaftVoterEndpoint("CONTROLLER", "localhost", 9099));
    t.line("addRaftVoter", () -> admin.addRaftVoter(7, id, endpoints));
    t.line("addRaftVoter no endpoint", () -> admin.addRaftVoter(7, id, Set.of()));
    t.line("addRaftVoter negative", () -> admin.addRaftVoter(-1, id, endpoints, new AddRaftVoterOptions()));
    t.line("addRaftVoter another cluster", () -> admin.addRaftVoter(7, id, endpoints, new AddRaftVoterOptions().setClusterId(Optional.of("another"))).all().get() == null ? "" : "");
    t.line("removeRaftVoter", () -> admin.removeRaftVoter(7, id));
    t.line("removeRaftVoter negative", () -> admin.removeRaftVoter(-1, id, new RemoveRaftVoterOptions()));
    t.line("clientInstanceId", () -> admin.clientInstanceId(java.time.Duration.ofMillis(2000)));
    t.line("metrics", () -> !admin.metrics().isEmpty());
    t.line("registerMetricForSubscription", () -> {
      admin.registerMetricForSubscription(null);
      return "";
    });
    t.line("unregisterMetricFromSubscription", () -> {
      admin.unregisterMetricFromSubscription(null);
      return "";
    });
  }

  private static void update(AdminTable t, String what, Map<String, FeatureUpdate> updates) throws Exception {
    t.line("updateFeatures validateOnly: " + what, () -> t.admin.updateFeatures(updates, new UpdateFeaturesOptions().validateOnly(true)));
  }
}
