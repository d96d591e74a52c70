// Share groups as Kafka's own clients use them: prints a line for each step.
import java.time.Duration;
import java.util.*;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.*;

public class ShareGroupsAdmin {
  static final TopicPartition PARTITION = new TopicPartition("shared", 0);

  public static void main(String[] args) throws Exception {
    Map<String, Object> client = Map.of("bootstrap.servers", args[0]);
    try (Admin admin = Admin.create(client)) {
      admin.createTopics(List.of(new NewTopic("shared", 1, (short) 1))).all().get();
      var resource = new ConfigResource(ConfigResource.Type.GROUP, "workers");
      var earliest = new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(resource, List.of(earliest))).all().get();
      produce(client, "accept", "release", "reject", "renew");
      consume(client);
      administer(admin);
    }
  }

  static void produce(Map<String, Object> client, String... values) throws Exception {
    try (var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
      for (String value : values) producer.send(new ProducerRecord<>("shared", value)).get();
    }
  }

  static void consume(Map<String, Object> client) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("group.id", "workers");
    settings.put("share.acknowledgement.mode", "explicit");
    try (var consumer = new KafkaShareConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("shared"));
      List<String> seen = new ArrayList<>();
      long end = System.currentTimeMillis() + 30_000;
      while (seen.size() < 6 && System.currentTimeMillis() < end) {
        for (var record : consumer.poll(Duration.ofMillis(500))) {
          int deliveries = record.deliveryCount().get();
          boolean again = seen.stream().anyMatch(line -> line.startsWith(record.value()));
          seen.add(record.value() + " " + deliveries);
          consumer.acknowledge(record, again ? AcknowledgeType.ACCEPT : AcknowledgeType.valueOf(record.value().toUpperCase()));
        }
      }
      String failed = consumer.commitSync().values().stream().flatMap(Optional::stream).map(Object::toString).collect(Collectors.joining());
      System.out.println("read " + seen.stream().sorted().toList() + " " + failed);
    }
  }

  static void administer(Admin admin) throws Exception {
    System.out.println("listed " + admin.listGroups(ListGroupsOptions.forShareGroups()).all().get().stream()
        .map(group -> group.groupId() + " " + group.type().get() + " " + group.groupState().get() + " " + group.protocol()).toList());
    var group = admin.describeShareGroups(List.of("workers")).all().get().get("workers");
    System.out.println("described " + group.groupState() + " " + group.members().size() + " " + group.coordinator().id());
    System.out.println("offsets " + offsets(admin, "workers"));
    admin.alterShareGroupOffsets("workers", Map.of(PARTITION, 1L)).all().get();
    System.out.println("altered " + offsets(admin, "workers"));
    System.out.println("missing " + error(admin.describeShareGroups(List.of("nothere")).all()));
    admin.deleteShareGroupOffsets("workers", Set.of("shared")).all().get();
    System.out.println("deleted " + offsets(admin, "workers"));
    System.out.println("again " + error(admin.deleteShareGroupOffsets("workers", Set.of("shared")).all()));
    admin.deleteShareGroups(List.of("workers")).all().get();
    System.out.println("left " + admin.listGroups().all().get());
  }

  static String offsets(Admin admin, String group) throws Exception {
    var offsets = admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec())).partitionsToOffsetInfo(group).get();
    return offsets.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + (entry.getValue() == null ? null : entry.getValue().lag().orElse(-1L))).toList().toString();
  }

  static String error(org.apache.kafka.common.KafkaFuture<?> future) {
    try {
      future.get();
      return "none";
    } catch (Exception error) {
      return error.getCause().toString();
    }
  }
}
