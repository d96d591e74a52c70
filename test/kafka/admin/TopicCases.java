import java.util.*;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.common.*;

/** Topics and their partitions. */
final class TopicCases {
  static void run(AdminTable t) throws Exception {
    Admin admin = t.admin;
    create(t, "good", new NewTopic("orders", 3, (short) 1));
    create(t, "defaults", new NewTopic("defaults", Optional.empty(), Optional.empty()));
    create(t, "there already", new NewTopic("orders", 3, (short) 1));
    create(t, "configs", new NewTopic("compacted", 1, (short) 1).configs(Map.of("cleanup.policy", "compact", "segment.bytes", "1048576")));
    create(t, "null config", new NewTopic("nullconf", 1, (short) 1).configs(Collections.singletonMap("cleanup.policy", null)));
    create(t, "bad config", new NewTopic("bad", 1, (short) 1).configs(Map.of("no.such", "1")));
    create(t, "bad config value", new NewTopic("bad", 1, (short) 1).configs(Map.of("retention.ms", "soon")));
    create(t, "assignment", new NewTopic("assigned", Map.of(0, List.of(1), 1, List.of(1))));
    create(t, "unknown replica", new NewTopic("bad", Map.of(0, List.of(9))));
    create(t, "assignment with a gap", new NewTopic("bad", Map.of(0, List.of(1), 2, List.of(1))));
    create(t, "assignment empty", new NewTopic("bad", Map.of(0, List.of())));
    create(t, "assignment doubled", new NewTopic("bad", Map.of(0, List.of(1, 1))));
    create(t, "no partitions", new NewTopic("bad", 0, (short) 1));
    create(t, "partitions -2", new NewTopic("bad", -2, (short) 1));
    create(t, "replication factor 3", new NewTopic("bad", 1, (short) 3));
    create(t, "replication factor 0", new NewTopic("bad", 1, (short) 0));
    create(t, "empty name", new NewTopic("", 1, (short) 1));
    create(t, "blank", new NewTopic(" ", 1, (short) 1));
    create(t, "dot", new NewTopic(".", 1, (short) 1));
    create(t, "bad name", new NewTopic("a/b", 1, (short) 1));
    create(t, "long name", new NewTopic("x".repeat(250), 1, (short) 1));
    create(t, "colliding", new NewTopic("a.b", 1, (short) 1), new NewTopic("a_b", 1, (short) 1));
    create(t, "twice", new NewTopic("twice", 1, (short) 1), new NewTopic("twice", 1, (short) 1));
    create(t, "one good, one bad", new NewTopic("good", 1, (short) 1), new NewTopic("b!d", 1, (short) 1));
    create(t, "metadata topic", new NewTopic("__cluster_metadata", 1, (short) 1));
    create(t, "no topic");
    t.line("createTopics validateOnly", () -> admin.createTopics(List.of(new NewTopic("only", 2, (short) 1), new NewTopic("orders", 1, (short) 1)), new CreateTopicsOptions().validateOnly(true)));
    t.line("createTopics retryOnQuotaViolation", () -> admin.createTopics(List.of(new NewTopic("quota", 2, (short) 1)), new CreateTopicsOptions().retryOnQuotaViolation(false).timeoutMs(4000)).all());
    t.line("createTopics results", () -> {
      CreateTopicsResult made = admin.createTopics(List.of(new NewTopic("results", 2, (short) 1).configs(Map.of("max.message.bytes", "1000"))));
      return List.of(made.numPartitions("results"), made.replicationFactor("results"), made.topicId("results"), made.config("results"));
    });
    t.line("listTopics", () -> admin.listTopics().names());
    t.line("listTopics internal", () -> admin.listTopics(new ListTopicsOptions().listInternal(true)).namesToListings());
    t.line("describeTopics", () -> admin.describeTopics(List.of("orders")));
    t.line("describeTopics absent", () -> admin.describeTopics(List.of("absent", "orders", "")));
    t.line("describeTopics bad name", () -> admin.describeTopics(List.of("b!d")));
    t.line("describeTopics operations", () -> admin.describeTopics(List.of("orders"), new DescribeTopicsOptions().includeAuthorizedOperations(true)));
    t.line("describeTopics small pages", () -> admin.describeTopics(List.of("orders", "assigned"), new DescribeTopicsOptions().partitionSizeLimitPerResponse(1)));
    t.line("describeTopics page size 0", () -> admin.describeTopics(List.of("orders"), new DescribeTopicsOptions().partitionSizeLimitPerResponse(0)));
    t.line("describeTopics none", () -> admin.describeTopics(List.of()));
    Uuid id = admin.describeTopics(List.of("orders")).allTopicNames().get().get("orders").topicId();
    t.line("describeTopics by id", () -> admin.describeTopics(TopicCollection.ofTopicIds(List.of(id))).allTopicIds());
    t.line("describeTopics by unknown id", () -> admin.describeTopics(TopicCollection.ofTopicIds(List.of(new Uuid(1, 1), Uuid.ZERO_UUID)), new DescribeTopicsOptions()));
    partitions(t, "more", Map.of("orders", NewPartitions.increaseTo(5)));
    partitions(t, "fewer", Map.of("orders", NewPartitions.increaseTo(2)));
    partitions(t, "the same", Map.of("orders", NewPartitions.increaseTo(5)));
    partitions(t, "assigned", Map.of("defaults", NewPartitions.increaseTo(2, List.of(List.of(1)))));
    partitions(t, "too many assignments", Map.of("good", NewPartitions.increaseTo(2, List.of(List.of(1), List.of(1)))));
    partitions(t, "unknown replica", Map.of("good", NewPartitions.increaseTo(2, List.of(List.of(7)))));
    partitions(t, "two replicas", Map.of("good", NewPartitions.increaseTo(2, List.of(List.of(1, 2)))));
    partitions(t, "negative", Map.of("good", NewPartitions.increaseTo(-1)));
    partitions(t, "absent", Map.of("absent", NewPartitions.increaseTo(2), "good", NewPartitions.increaseTo(2)));
    partitions(t, "empty name", Map.of("", NewPartitions.increaseTo(2)));
    t.line("createPartitions validateOnly", () -> admin.createPartitions(Map.of("orders", NewPartitions.increaseTo(9)), new CreatePartitionsOptions().validateOnly(true)));
    TopicPartition p0 = new TopicPartition("orders", 0);
    TopicPartition absent = new TopicPartition("absent", 0);
    for (ElectionType type : ElectionType.values()) {
      t.line("electLeaders " + type, () -> admin.electLeaders(type, Set.of(p0, absent)));
      t.line("electLeaders all " + type, () -> admin.electLeaders(type, null, new ElectLeadersOptions()));
      t.line("electLeaders none " + type, () -> admin.electLeaders(type, Set.of()));
    }
    t.line("electLeaders bad partition", () -> admin.electLeaders(ElectionType.PREFERRED, Set.of(new TopicPartition("orders", 99), new TopicPartition("orders", -1))));
    reassign(t, "same replicas", Map.of(p0, Optional.of(new NewPartitionReassignment(List.of(1)))));
    reassign(t, "unknown broker", Map.of(p0, Optional.of(new NewPartitionReassignment(List.of(9)))));
    reassign(t, "doubled", Map.of(p0, Optional.of(new NewPartitionReassignment(List.of(1, 1)))));
    reassign(t, "negative", Map.of(p0, Optional.of(new NewPartitionReassignment(List.of(-1)))));
    reassign(t, "cancel none", Map.of(p0, Optional.empty(), new TopicPartition("orders", 1), Optional.of(new NewPartitionReassignment(List.of(1)))));
    reassign(t, "absent", Map.of(absent, Optional.of(new NewPartitionReassignment(List.of(1))), new TopicPartition("orders", 99), Optional.empty()));
    reassign(t, "bad names", Map.of(new TopicPartition("", 0), Optional.empty(), new TopicPartition("orders", -1), Optional.empty()));
    t.line("alterPartitionReassignments factor may not change", () -> admin.alterPartitionReassignments(Map.of(p0, Optional.of(new NewPartitionReassignment(List.of(1)))), new AlterPartitionReassignmentsOptions().allowReplicationFactorChange(false)));
    t.line("listPartitionReassignments", () -> admin.listPartitionReassignments());
    t.line("listPartitionReassignments of", () -> admin.listPartitionReassignments(Set.of(p0)));
    t.line("listPartitionReassignments absent", () -> admin.listPartitionReassignments(Set.of(absent), new ListPartitionReassignmentsOptions()));
    t.line("listPartitionReassignments options", () -> admin.listPartitionReassignments(new ListPartitionReassignmentsOptions().timeoutMs(5000)));
    t.line("listPartitionReassignments optional", () -> admin.listPartitionReassignments(Optional.of(Set.of()), new ListPartitionReassignmentsOptions()));
    t.line("deleteTopics", () -> admin.deleteTopics(List.of("results", "absent", "")));
    t.line("deleteTopics twice", () -> admin.deleteTopics(List.of("twice", "twice")));
    t.line("deleteTopics bad name", () -> admin.deleteTopics(List.of("b!d"), new DeleteTopicsOptions().retryOnQuotaViolation(false)));
    t.line("deleteTopics none", () -> admin.deleteTopics(List.of()));
    Uuid quota = admin.describeTopics(List.of("quota")).allTopicNames().get().get("quota").topicId();
    t.line("deleteTopics by id", () -> admin.deleteTopics(TopicCollection.ofTopicIds(List.of(quota, new Uuid(1, 1)))));
    t.line("deleteTopics by zero id", () -> admin.deleteTopics(TopicCollection.ofTopicIds(List.of(Uuid.ZERO_UUID)), new DeleteTopicsOptions()));
  }

  private static void create(AdminTable t, String what, NewTopic... topics) throws Exception {
    t.line("createTopics " + what, () -> t.admin.createTopics(List.of(topics)).values());
  }

  private static void partitions(AdminTable t, String what, Map<String, NewPartitions> wanted) throws Exception {
    t.line("createPartitions " + what, () -> t.admin.createPartitions(wanted));
  }

  private static void reassign(AdminTable t, String what, Map<TopicPartition, Optional<NewPartitionReassignment>> wanted) throws Exception {
    t.line("alterPartitionReassignments " + what, () -> t.admin.alterPartitionReassignments(wanted));
  }
}
