import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What Kafka's clients say of each of their settings with values that are odd, when they are made: @kind, a tab and the setting, then
 * the log (WARN and above goes to standard error, which is what this writes to as well) and the exception with its causes.
 *   java -cp 'LIBS/*:.' -Dlog4j2.configurationFile=… RecordClientSettings 2>&1 | node sift.mjs > recorded.txt
 */
public class RecordClientSettings {
  public static void main(String[] args) throws Exception {
    Map<String, ConfigDef> kinds = Map.of("producer", ProducerConfig.configDef(), "consumer", ConsumerConfig.configDef(),
        "share", ConsumerConfig.configDef(), "admin", AdminClientConfig.configDef());
    for (String kind : new TreeSet<>(kinds.keySet()))
      for (ConfigDef.ConfigKey key : kinds.get(kind).configKeys().values())
        for (String value : values(key.type)) limited(kind, key.name, value);
    System.exit(0);
  }

  private static List<String> values(ConfigDef.Type type) {
    return switch (type) {
      case INT, LONG, SHORT, DOUBLE -> List.of("", "x", "-1", "-2", "0", "1", " 7 ", "2147483648", "9223372036854775808", "99999", "+5");
      case BOOLEAN -> List.of("", "yes", "TRUE", " true ", "1");
      case LIST -> List.of("", ",", "a", "a,,b", "a,a", " a , b ");
      case CLASS -> List.of("", "bogus", "java.lang.String", " org.x.Y ");
      default -> List.of("", "bogus");
    };
  }

  /** A client that waits for a broker when it is closed is left alone. */
  private static void limited(String kind, String name, String value) throws InterruptedException {
    Thread thread = new Thread(() -> make(kind, name, value));
    thread.setDaemon(true);
    thread.start();
    thread.join(4000);
    if (thread.isAlive()) System.err.println("  ok");
  }

  private static void make(String kind, String name, String value) {
    System.err.println("@" + kind + "\t" + name + "=" + value);
    Properties properties = new Properties();
    properties.put("bootstrap.servers", "127.0.0.1:1");
    properties.put("client.id", "c");
    if (kind.equals("consumer") || kind.equals("share")) properties.put("group.id", "g");
    if (kind.equals("producer"))
      for (String what : List.of("key", "value"))
        properties.put(what + ".serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
    properties.put(name, value);
    try {
      switch (kind) {
        case "producer" -> new KafkaProducer<>(properties).close(Duration.ZERO);
        case "consumer" -> new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())
            .close(CloseOptions.timeout(Duration.ZERO));
        case "share" -> new KafkaShareConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())
            .close(Duration.ZERO);
        default -> Admin.create(properties).close(Duration.ZERO);
      }
      System.err.println("  ok");
    } catch (Throwable thrown) {
      for (Throwable each = thrown; each != null; each = each.getCause())
        System.err.println("  " + each.toString().replace("\n", "\\n"));
    }
  }
}
