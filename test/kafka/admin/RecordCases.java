import java.util.*;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.*;
import org.apache.kafka.common.serialization.StringSerializer;

/** What is in the logs: offsets, deleted records, log directories, producers. */
final class RecordCases {
  static final TopicPartition P0 = new TopicPartition("orders", 0);
  static final TopicPartition ABSENT = new TopicPartition("absent", 0);
  static final TopicPartition NO_PARTITION = new TopicPartition("orders", 99);

  static Map<String, Object> clientOf(AdminTable t) {
    return new HashMap<>(Map.of("bootstrap.servers", t.address));
  }

  static void run(AdminTable t) throws Exception {
    Admin admin = t.admin;
    produce(t);
    Map<String, OffsetSpec> specs = new LinkedHashMap<>();
    specs.put("latest", OffsetSpec.latest());
    specs.put("earliest", OffsetSpec.earliest());
    specs.put("timestamp", OffsetSpec.forTimestamp(4500));
    specs.put("late timestamp", OffsetSpec.forTimestamp(999999));
    specs.put("timestamp -9", OffsetSpec.forTimestamp(-9));
    specs.put("max timestamp", OffsetSpec.maxTimestamp());
    specs.put("earliest local", OffsetSpec.earliestLocal());
    specs.put("latest tiered", OffsetSpec.latestTiered());
    specs.put("earliest pending upload", OffsetSpec.earliestPendingUpload());
    for (var spec : specs.entrySet()) t.line("listOffsets " + spec.getKey(), () -> admin.listOffsets(Map.of(P0, spec.getValue())), P0);
    t.line("listOffsets of an empty partition", () -> admin.listOffsets(Map.of(new TopicPartition("orders", 1), OffsetSpec.maxTimestamp())));
    t.line("listOffsets absent", () -> admin.listOffsets(Map.of(ABSENT, OffsetSpec.latest()), new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(1500)), ABSENT);
    t.line("listOffsets no partition", () -> admin.listOffsets(Map.of(NO_PARTITION, OffsetSpec.latest()), new ListOffsetsOptions().timeoutMs(1500)), NO_PARTITION);
    t.line("listOffsets read committed", () -> admin.listOffsets(Map.of(P0, OffsetSpec.latest()), new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)));
    t.line("listOffsets none", () -> admin.listOffsets(Map.of()));
    t.line("deleteRecords", () -> admin.deleteRecords(Map.of(P0, RecordsToDelete.beforeOffset(3))));
    t.line("deleteRecords backwards", () -> admin.deleteRecords(Map.of(P0, RecordsToDelete.beforeOffset(1))));
    t.line("deleteRecords beyond", () -> admin.deleteRecords(Map.of(P0, RecordsToDelete.beforeOffset(100))));
    t.line("deleteRecords -5", () -> admin.deleteRecords(Map.of(P0, RecordsToDelete.beforeOffset(-5))));
    t.line("deleteRecords -1", () -> admin.deleteRecords(Map.of(P0, RecordsToDelete.beforeOffset(-1)), new DeleteRecordsOptions().timeoutMs(5000)));
    t.line("deleteRecords absent", () -> admin.deleteRecords(Map.of(ABSENT, RecordsToDelete.beforeOffset(0)), new DeleteRecordsOptions().timeoutMs(1500)));
    t.line("deleteRecords compacted", () -> admin.deleteRecords(Map.of(new TopicPartition("compacted", 0), RecordsToDelete.beforeOffset(1))));
    t.line("deleteRecords none", () -> admin.deleteRecords(Map.of()));
    t.line("describeLogDirs", () -> dirs(admin.describeLogDirs(List.of(1)).allDescriptions().get()));
    t.line("describeLogDirs absent broker", () -> admin.describeLogDirs(List.of(9), new DescribeLogDirsOptions().timeoutMs(1500)));
    t.line("describeLogDirs none", () -> admin.describeLogDirs(List.of()));
    TopicPartitionReplica replica = new TopicPartitionReplica("orders", 0, 1);
    TopicPartitionReplica absent = new TopicPartitionReplica("absent", 0, 1);
    t.line("describeReplicaLogDirs", () -> admin.describeReplicaLogDirs(List.of(replica, absent)));
    t.line("describeReplicaLogDirs absent broker", () -> admin.describeReplicaLogDirs(List.of(new TopicPartitionReplica("orders", 0, 9)), new DescribeReplicaLogDirsOptions().timeoutMs(1500)));
    t.line("alterReplicaLogDirs no such dir", () -> admin.alterReplicaLogDirs(Map.of(replica, "/no/such/dir", absent, "/no/such/dir")));
    t.line("alterReplicaLogDirs relative", () -> admin.alterReplicaLogDirs(Map.of(replica, "dir"), new AlterReplicaLogDirsOptions()));
    String dir = admin.describeLogDirs(List.of(1)).allDescriptions().get().get(1).keySet().iterator().next();
    t.line("alterReplicaLogDirs where it is", () -> admin.alterReplicaLogDirs(Map.of(replica, dir)));
    t.line("alterReplicaLogDirs absent topic", () -> admin.alterReplicaLogDirs(Map.of(absent, dir)));
    t.line("alterReplicaLogDirs absent broker", () -> admin.alterReplicaLogDirs(Map.of(new TopicPartitionReplica("orders", 0, 9), dir), new AlterReplicaLogDirsOptions().timeoutMs(1500)));
    t.line("describeProducers", () -> admin.describeProducers(List.of(P0)));
    t.line("describeProducers of nobody", () -> admin.describeProducers(List.of(new TopicPartition("orders", 1)), new DescribeProducersOptions().brokerId(1)));
    t.line("describeProducers absent", () -> admin.describeProducers(List.of(ABSENT), new DescribeProducersOptions().timeoutMs(1500)));
    t.line("describeProducers absent at a broker", () -> admin.describeProducers(List.of(ABSENT, NO_PARTITION), new DescribeProducersOptions().brokerId(1).timeoutMs(1500)));
    t.line("describeProducers absent broker", () -> admin.describeProducers(List.of(P0), new DescribeProducersOptions().brokerId(9).timeoutMs(1500)));
    produce(t);
  }

  /** Ten records in the first partition of orders, one in compacted. */
  private static void produce(AdminTable t) throws Exception {
    try (Producer<String, String> producer = new KafkaProducer<>(clientOf(t), new StringSerializer(), new StringSerializer())) {
      for (int i = 0; i < 10; i++) producer.send(new ProducerRecord<>("orders", 0, 1000L * i, "k" + i, "v" + i)).get();
      producer.send(new ProducerRecord<>("compacted", 0, 1L, "k", "v")).get();
    }
  }

  /** Without the topics that only the order of the cases makes. */
  private static Object dirs(Map<Integer, Map<String, LogDirDescription>> all) {
    LogDirDescription dir = all.get(1).values().iterator().next();
    return List.of(all.get(1).size(), new TreeMap<>(Map.of(P0.toString(), dir.replicaInfos().get(P0))), dir.totalBytes().isPresent(), dir.usableBytes().isPresent(), Optional.ofNullable(dir.error()));
  }
}
