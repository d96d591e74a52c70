import java.time.Duration;
import java.util.*;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.common.*;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Groups of the classic and of the consumer protocol. */
final class GroupCases {
  private static final TopicPartition P0 = RecordCases.P0;

  static Consumer<String, String> member(AdminTable t, String group, String protocol) {
    Map<String, Object> config = RecordCases.clientOf(t);
    config.putAll(Map.of("group.id", group, "group.protocol", protocol, "client.id", "member", "auto.offset.reset", "earliest", "enable.auto.commit", "false"));
    if (protocol.equals("classic")) config.put("group.instance.id", "instance");
    Consumer<String, String> consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    consumer.subscribe(List.of("orders"));
    for (int i = 0; i < 100 && consumer.poll(Duration.ofMillis(100)).isEmpty(); i++) Thread.onSpinWait();
    consumer.commitSync(Map.of(P0, new OffsetAndMetadata(5, Optional.of(0), "note")));
    return consumer;
  }

  static void run(AdminTable t) throws Exception {
    Admin admin = t.admin;
    t.line("alterConsumerGroupOffsets makes a group", () -> admin.alterConsumerGroupOffsets("made", Map.of(P0, new OffsetAndMetadata(4))), P0);
    t.line("alterConsumerGroupOffsets batch", () -> admin.alterConsumerGroupOffsets("made", Map.of(P0, new OffsetAndMetadata(4), RecordCases.ABSENT, new OffsetAndMetadata(4), RecordCases.NO_PARTITION, new OffsetAndMetadata(4)), new AlterConsumerGroupOffsetsOptions()), P0, RecordCases.ABSENT, RecordCases.NO_PARTITION);
    t.line("alterConsumerGroupOffsets long metadata", () -> admin.alterConsumerGroupOffsets("made", Map.of(P0, new OffsetAndMetadata(4, "x".repeat(5000)))), P0);
    t.line("alterConsumerGroupOffsets none", () -> admin.alterConsumerGroupOffsets("made", Map.of()));
    t.line("alterConsumerGroupOffsets empty group", () -> admin.alterConsumerGroupOffsets("", Map.of(P0, new OffsetAndMetadata(4))), P0);
    try (Consumer<String, String> classic = member(t, "classic", "classic"); Consumer<String, String> consumer = member(t, "consumer", "consumer")) {
      with(t, "active");
      for (String group : List.of("classic", "consumer")) {
        t.line("deleteConsumerGroups active " + group, () -> admin.deleteConsumerGroups(List.of(group)));
        t.line("deleteConsumerGroupOffsets subscribed " + group, () -> admin.deleteConsumerGroupOffsets(group, Set.of(P0)), P0);
        t.line("alterConsumerGroupOffsets active " + group, () -> admin.alterConsumerGroupOffsets(group, Map.of(P0, new OffsetAndMetadata(4))), P0);
      }
      t.line("removeMembersFromConsumerGroup absent member", () -> admin.removeMembersFromConsumerGroup("classic", new RemoveMembersFromConsumerGroupOptions(Set.of(new MemberToRemove("nobody")))).all());
      t.line("removeMembersFromConsumerGroup", () -> admin.removeMembersFromConsumerGroup("classic", new RemoveMembersFromConsumerGroupOptions(Set.of(new MemberToRemove("instance")))).all());
      t.line("removeMembersFromConsumerGroup consumer", () -> admin.removeMembersFromConsumerGroup("consumer", new RemoveMembersFromConsumerGroupOptions(Set.of(new MemberToRemove("nobody")))).all());
    }
    t.line("removeMembersFromConsumerGroup all", () -> admin.removeMembersFromConsumerGroup("classic", new RemoveMembersFromConsumerGroupOptions()).all());
    t.line("removeMembersFromConsumerGroup absent group", () -> admin.removeMembersFromConsumerGroup("absent", new RemoveMembersFromConsumerGroupOptions()).all());
    with(t, "left");
    t.line("deleteConsumerGroupOffsets", () -> admin.deleteConsumerGroupOffsets("classic", Set.of(P0, RecordCases.ABSENT), new DeleteConsumerGroupOffsetsOptions()), P0, RecordCases.ABSENT);
    t.line("deleteConsumerGroupOffsets not there", () -> admin.deleteConsumerGroupOffsets("classic", Set.of(P0, RecordCases.NO_PARTITION)), P0, RecordCases.NO_PARTITION);
    t.line("deleteConsumerGroupOffsets absent group", () -> admin.deleteConsumerGroupOffsets("absent", Set.of(P0)), P0);
    t.line("deleteConsumerGroups", () -> admin.deleteConsumerGroups(List.of("made", "absent", "")).deletedGroups());
    t.line("deleteConsumerGroups options", () -> admin.deleteConsumerGroups(List.of("classic"), new DeleteConsumerGroupsOptions()));
  }

  private static void with(AdminTable t, String state) throws Exception {
    Admin admin = t.admin;
    String when = " (" + state + ")";
    t.line("listGroups" + when, () -> admin.listGroups());
    t.line("listGroups of states" + when, () -> admin.listGroups(new ListGroupsOptions().inGroupStates(Set.of(GroupState.STABLE))).all());
    t.line("listGroups of types" + when, () -> admin.listGroups(new ListGroupsOptions().withTypes(Set.of(GroupType.CONSUMER))).all());
    t.line("listGroups of protocol types" + when, () -> admin.listGroups(new ListGroupsOptions().withProtocolTypes(Set.of(""))).all());
    t.line("listGroups for consumers" + when, () -> admin.listGroups(ListGroupsOptions.forConsumerGroups()).all());
    t.line("listGroups for share groups" + when, () -> admin.listGroups(ListGroupsOptions.forShareGroups()).all());
    t.line("listGroups for streams groups" + when, () -> admin.listGroups(ListGroupsOptions.forStreamsGroups()).all());
    t.line("listConsumerGroups" + when, () -> admin.listConsumerGroups().all());
    t.line("listConsumerGroups empty" + when, () -> admin.listConsumerGroups(new ListConsumerGroupsOptions().inGroupStates(Set.of(GroupState.EMPTY))).all());
    for (String group : List.of("classic", "consumer", "made", "absent", "")) {
      t.line("describeConsumerGroups " + group + when, () -> admin.describeConsumerGroups(List.of(group)).describedGroups());
      t.line("describeClassicGroups " + group + when, () -> admin.describeClassicGroups(List.of(group)).describedGroups());
      t.line("listConsumerGroupOffsets " + group + when, () -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }
    t.line("describeConsumerGroups operations" + when, () -> admin.describeConsumerGroups(List.of("consumer", "made"), new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true)).all());
    t.line("describeClassicGroups operations" + when, () -> admin.describeClassicGroups(List.of("classic"), new DescribeClassicGroupsOptions().includeAuthorizedOperations(true)).all());
    t.line("listConsumerGroupOffsets of partitions" + when, () -> admin.listConsumerGroupOffsets(Map.of("consumer", new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(P0, RecordCases.ABSENT, RecordCases.NO_PARTITION)))).partitionsToOffsetAndMetadata("consumer"));
    t.line("listConsumerGroupOffsets stable" + when, () -> admin.listConsumerGroupOffsets("consumer", new ListConsumerGroupOffsetsOptions().requireStable(true)).all());
    t.line("listConsumerGroupOffsets batch" + when, () -> admin.listConsumerGroupOffsets(Map.of("made", new ListConsumerGroupOffsetsSpec(), "absent", new ListConsumerGroupOffsetsSpec()), new ListConsumerGroupOffsetsOptions()).all());
  }
}
