// What Kafka's own share consumer sees of a broker: deliveries, acknowledgements of all kinds, transactions, limits. It
// prints the same on Apache Kafka and on every broker that behaves so.
import java.time.Duration;
import java.util.*;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.*;

public class ShareGroups {
  static String bootstrap;
  static Admin admin;

  public static void main(String[] args) throws Exception {
    bootstrap = args[0];
    admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
    admin.createTopics(List.of(new NewTopic("t", 1, (short) 1), new NewTopic("tx", 1, (short) 1))).all().get();
    acknowledgements();
    transactions();
    limits();
    startOffsets();
    admin.close();
  }

  static void acknowledgements() throws Exception {
    configure("acks", "share.auto.offset.reset=earliest", "share.delivery.count.limit=3");
    produce("t", 0, 6);
    try (var consumer = consumer("acks", Map.of("share.acknowledgement.mode", "explicit"))) {
      consumer.subscribe(List.of("t"));
      var types = List.of(AcknowledgeType.ACCEPT, AcknowledgeType.RELEASE, AcknowledgeType.REJECT, AcknowledgeType.RENEW,
          AcknowledgeType.ACCEPT, AcknowledgeType.RELEASE);
      var first = receive(consumer, 6);
      print("first", first);
      for (var record : first) consumer.acknowledge(record, types.get((int) record.offset()));
      System.out.println("results " + results(consumer.commitSync()));
      var renewed = consumer.poll(Duration.ofSeconds(5));
      renewed.forEach(record -> consumer.acknowledge(record, record.offset() == 3 ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE));
      System.out.println("renewed " + renewed.iterator().next().value() + " " + results(consumer.commitSync()));
      for (int i = 2; i <= 3; i++) {
        var again = new ArrayList<ConsumerRecord<String, String>>();
        while (again.size() < 2) {
          var some = receive(consumer, 1);
          for (var record : some) consumer.acknowledge(record, AcknowledgeType.RELEASE);
          consumer.commitSync();
          again.addAll(some);
        }
        again.sort(Comparator.comparing(ConsumerRecord::offset));
        print("delivery " + i, again);
      }
      System.out.println("spent " + count(consumer.poll(Duration.ofMillis(500))));
    }
    offsets("acks", "t");
    produce("t", 6, 9);
    try (var consumer = consumer("acks", Map.of())) {
      consumer.subscribe(List.of("t"));
      print("implicit", receive(consumer, 3));
      consumer.commitSync();
    }
    offsets("acks", "t");
  }

  static void transactions() throws Exception {
    configure("committed", "share.auto.offset.reset=earliest", "share.isolation.level=read_committed");
    configure("uncommitted", "share.auto.offset.reset=earliest");
    var properties = new HashMap<String, Object>(Map.of("bootstrap.servers", bootstrap, "transactional.id", "x"));
    try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      for (int i = 0; i < 4; i++) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("tx", "v" + i)).get();
        if (i % 2 == 0) producer.commitTransaction();
        else producer.abortTransaction();
      }
    }
    for (String group : List.of("committed", "uncommitted")) {
      try (var consumer = consumer(group, Map.of())) {
        consumer.subscribe(List.of("tx"));
        print(group, receive(consumer, group.equals("committed") ? 2 : 4));
        consumer.commitSync();
      }
    }
  }

  static void limits() throws Exception {
    configure("limited", "share.auto.offset.reset=earliest");
    var properties = Map.of("share.acquire.mode", "record_limit", "max.poll.records", "2");
    try (var consumer = consumer("limited", properties)) {
      consumer.subscribe(List.of("t"));
      for (int i = 0; i < 3; i++) print("limited", receive(consumer, 2));
    }
  }

  static void startOffsets() throws Exception {
    configure("latest", "share.auto.offset.reset=latest");
    try (var consumer = consumer("latest", Map.of())) {
      consumer.subscribe(List.of("t"));
      consumer.poll(Duration.ofSeconds(2));
      consumer.poll(Duration.ofSeconds(2));
      produce("t", 9, 10);
      print("latest", receive(consumer, 1));
    }
  }

  static KafkaShareConsumer<String, String> consumer(String group, Map<String, String> more) {
    var properties = new HashMap<String, Object>(Map.of("bootstrap.servers", bootstrap, "group.id", group));
    properties.putAll(more);
    return new KafkaShareConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
  }

  static List<ConsumerRecord<String, String>> receive(ShareConsumer<String, String> consumer, int count) {
    var records = new ArrayList<ConsumerRecord<String, String>>();
    long end = System.currentTimeMillis() + 20_000;
    while (records.size() < count && System.currentTimeMillis() < end) {
      consumer.poll(Duration.ofMillis(200)).forEach(records::add);
    }
    return records;
  }

  static void print(String what, List<ConsumerRecord<String, String>> records) {
    System.out.println(what + " " + records.stream()
        .map(r -> r.offset() + "=" + r.value() + ":" + r.deliveryCount().get()).collect(Collectors.joining(" ")));
  }

  static int count(ConsumerRecords<String, String> records) {
    return records.count();
  }

  static String results(Map<?, ? extends Optional<?>> results) {
    return results.values().stream().map(each -> each.map(e -> e.getClass().getSimpleName()).orElse("ok")).toList().toString();
  }

  static void offsets(String group, String topic) throws Exception {
    var spec = new ListShareGroupOffsetsSpec();
    var offsets = admin.listShareGroupOffsets(Map.of(group, spec)).partitionsToOffsetInfo(group).get();
    var info = offsets.get(new TopicPartition(topic, 0));
    System.out.println("offsets " + info.startOffset() + " lag " + info.lag().orElse(-1L));
  }

  static void configure(String group, String... configs) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
    var ops = Arrays.stream(configs).map(config -> config.split("="))
        .map(pair -> new AlterConfigOp(new ConfigEntry(pair[0], pair[1]), AlterConfigOp.OpType.SET)).toList();
    admin.incrementalAlterConfigs(Map.of(resource, ops)).all().get();
  }

  static void produce(String topic, int from, int to) throws Exception {
    var properties = new HashMap<String, Object>(Map.of("bootstrap.servers", bootstrap, "linger.ms", "50"));
    try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      for (int i = from; i < to; i++) producer.send(new ProducerRecord<>(topic, "r" + i));
    }
  }
}
