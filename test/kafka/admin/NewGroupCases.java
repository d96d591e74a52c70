import java.time.Duration;
import java.util.*;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.common.*;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Share groups and streams groups. */
final class NewGroupCases {
  private static final TopicPartition P0 = RecordCases.P0;

  static void run(AdminTable t) throws Exception {
    share(t);
    streams(t);
  }

  private static void share(AdminTable t) throws Exception {
    Admin admin = t.admin;
    for (String group : List.of("absent", "", "consumer")) {
      t.line("describeShareGroups " + group, () -> admin.describeShareGroups(List.of(group)).describedGroups());
      t.line("listShareGroupOffsets " + group, () -> admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec())).partitionsToOffsetInfo(group));
      t.line("deleteShareGroups " + group, () -> admin.deleteShareGroups(List.of(group)).deletedGroups());
      t.line("deleteShareGroupOffsets " + group, () -> admin.deleteShareGroupOffsets(group, Set.of("orders")).all());
    }
    t.line("alterShareGroupOffsets makes a group", () -> admin.alterShareGroupOffsets("sg", Map.of(P0, 5L)), P0);
    t.line("alterShareGroupOffsets absent topic", () -> admin.alterShareGroupOffsets("sg", Map.of(RecordCases.ABSENT, 5L), new AlterShareGroupOffsetsOptions()), RecordCases.ABSENT);
    t.line("alterShareGroupOffsets of a consumer group", () -> admin.alterShareGroupOffsets("consumer", Map.of(P0, 5L)), P0);
    t.line("describeShareGroups", () -> admin.describeShareGroups(List.of("sg"), new DescribeShareGroupsOptions().includeAuthorizedOperations(true)).all());
    t.line("listShareGroupOffsets", () -> admin.listShareGroupOffsets(Map.of("sg", new ListShareGroupOffsetsSpec().topicPartitions(List.of(P0, RecordCases.ABSENT))), new ListShareGroupOffsetsOptions()).all());
    Map<String, Object> config = RecordCases.clientOf(t);
    config.putAll(Map.of("group.id", "sg", "client.id", "member"));
    try (ShareConsumer<String, String> consumer = new KafkaShareConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("orders"));
      boolean served = false;
      try {
        for (int i = 0; i < 50 && !served; i++) served = !consumer.poll(Duration.ofMillis(100)).isEmpty();
      } catch (KafkaException e) {
        served = false;
      }
      boolean got = served;
      t.line("a share consumer gets records", () -> got);
      t.line("describeShareGroups active", () -> admin.describeShareGroups(List.of("sg")).all());
      t.line("deleteShareGroups active", () -> admin.deleteShareGroups(List.of("sg"), new DeleteShareGroupsOptions()));
      t.line("alterShareGroupOffsets active", () -> admin.alterShareGroupOffsets("sg", Map.of(P0, 5L)), P0);
      t.line("deleteShareGroupOffsets active", () -> admin.deleteShareGroupOffsets("sg", Set.of("orders"), new DeleteShareGroupOffsetsOptions()).all());
    }
    t.line("deleteShareGroupOffsets", () -> admin.deleteShareGroupOffsets("sg", Set.of("orders", "absent")).all());
    t.line("deleteShareGroups", () -> admin.deleteShareGroups(List.of("sg")));
  }

  private static void streams(AdminTable t) throws Exception {
    Admin admin = t.admin;
    for (String group : List.of("absent", "", "consumer")) {
      t.line("describeStreamsGroups " + group, () -> admin.describeStreamsGroups(List.of(group)).describedGroups());
      t.line("listStreamsGroupOffsets " + group, () -> admin.listStreamsGroupOffsets(Map.of(group, new ListStreamsGroupOffsetsSpec())).partitionsToOffsetAndMetadata(group));
      t.line("deleteStreamsGroups " + group, () -> admin.deleteStreamsGroups(List.of(group)).deletedGroups());
    }
    t.line("describeStreamsGroups operations", () -> admin.describeStreamsGroups(List.of("absent"), new DescribeStreamsGroupsOptions().includeAuthorizedOperations(true)).all());
    t.line("alterStreamsGroupOffsets", () -> admin.alterStreamsGroupOffsets("app", Map.of(P0, new OffsetAndMetadata(2))), P0);
    t.line("alterStreamsGroupOffsets absent topic", () -> admin.alterStreamsGroupOffsets("app", Map.of(RecordCases.ABSENT, new OffsetAndMetadata(2)), new AlterStreamsGroupOffsetsOptions()), RecordCases.ABSENT);
    t.line("listStreamsGroupOffsets", () -> admin.listStreamsGroupOffsets(Map.of("app", new ListStreamsGroupOffsetsSpec().topicPartitions(List.of(P0))), new ListStreamsGroupOffsetsOptions()).all());
    t.line("deleteStreamsGroupOffsets", () -> admin.deleteStreamsGroupOffsets("app", Set.of(P0)), P0);
    t.line("deleteStreamsGroupOffsets absent group", () -> admin.deleteStreamsGroupOffsets("absent", Set.of(P0), new DeleteStreamsGroupOffsetsOptions()), P0);
    t.line("deleteStreamsGroups", () -> admin.deleteStreamsGroups(List.of("app"), new DeleteStreamsGroupsOptions()));
  }
}
