// What tutorials do with the Java client, whatever its version: prints what was seen, a line each.
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.HashMap;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;

public class Journeys {
  static final String TOPIC = "example-topic";
  static final int EACH = 20;

  static Map<String, Object> settings(String broker, Object... more) {
    Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", broker));
    String classes = "org.apache.kafka.common.serialization.String";
    for (String part : List.of("key", "value")) {
      settings.put(part + ".serializer", classes + "Serializer");
      settings.put(part + ".deserializer", classes + "Deserializer");
    }
    for (int i = 0; i < more.length; i += 2) settings.put((String) more[i], more[i + 1]);
    return settings;
  }

  static void callbacks(String broker) throws Exception {
    try (var producer = new KafkaProducer<String, String>(settings(broker))) {
      producer.send(new ProducerRecord<>(TOPIC, "key1", "Hello, Kafka!"), (sent, error) ->
          System.out.println(error == null ? "sent to " + sent.topic() + " " + sent.partition() + " " + sent.offset() : "failed " + error)).get();
      producer.send(new ProducerRecord<>(TOPIC, "key", "x".repeat(2_000_000)), (sent, error) ->
          System.out.println(error.getClass().getSimpleName()));
      producer.send(new ProducerRecord<>(TOPIC, "key2", "goes on")).get();
    }
  }

  /** @return how many records were sent */
  static int codecs(String broker) {
    int sent = 0;
    for (String acks : List.of("0", "1", "all"))
      for (String codec : List.of("none", "gzip", "snappy", "lz4", "zstd"))
        try (var producer = new KafkaProducer<String, String>(
            settings(broker, "acks", acks, "enable.idempotence", "false", "compression.type", codec, "linger.ms", "5"))) {
          for (int i = 0; i < EACH; i++, sent++) producer.send(new ProducerRecord<>(TOPIC, "k" + i, acks + codec + i));
        }
    return sent;
  }

  static void transactions(String broker) {
    var settings = settings(broker, "transactional.id", "journeys");
    var first = new KafkaProducer<String, String>(settings);
    first.initTransactions();
    first.beginTransaction();
    first.send(new ProducerRecord<>(TOPIC, "t", "committed"));
    first.commitTransaction();
    first.beginTransaction();
    first.send(new ProducerRecord<>(TOPIC, "t", "aborted"));
    first.flush();
    first.abortTransaction();
    var second = new KafkaProducer<String, String>(settings);
    second.initTransactions();
    try {
      first.beginTransaction();
      first.send(new ProducerRecord<>(TOPIC, "t", "zombie"));
      first.commitTransaction();
      System.out.println("not fenced");
    } catch (ProducerFencedException fenced) {
      System.out.println("fenced");
    }
    first.close(Duration.ZERO);
    second.close();
  }

  static void group(String broker, String assignor, int expected) {
    Set<String> values = new HashSet<>();
    int count = 0;
    try (var consumer = new KafkaConsumer<String, String>(settings(broker, "group.id", assignor, "auto.offset.reset", "earliest",
        "isolation.level", "read_committed", "partition.assignment.strategy", "org.apache.kafka.clients.consumer." + assignor))) {
      consumer.subscribe(List.of(TOPIC));
      long end = System.currentTimeMillis() + 20_000;
      while (count < expected && System.currentTimeMillis() < end)
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(500))) {
          count++;
          values.add(record.value());
        }
      consumer.commitSync();
    }
    System.out.println(assignor + " " + (count == expected && values.size() == expected && !values.contains("aborted")));
  }

  static void withoutOffset(String broker) {
    try (var consumer = new KafkaConsumer<String, String>(settings(broker, "group.id", "none", "auto.offset.reset", "none"))) {
      consumer.subscribe(List.of(TOPIC));
      for (int i = 0; i < 20; i++) consumer.poll(Duration.ofMillis(500));
      System.out.println("began somewhere");
    } catch (NoOffsetForPartitionException none) {
      System.out.println("no offset");
    }
  }

  public static void main(String[] args) throws Exception {
    String broker = args[0];
    callbacks(broker);
    int sent = codecs(broker);
    transactions(broker);
    for (String assignor : List.of("RangeAssignor", "RoundRobinAssignor", "StickyAssignor", "CooperativeStickyAssignor"))
      group(broker, assignor, sent + 3);
    withoutOffset(broker);
  }
}
