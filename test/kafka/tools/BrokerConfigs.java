import java.io.*;
import java.util.*;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.*;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Endpoint;

/**
 * What Apache Kafka makes of broker properties: each line of standard input (key=value | key=value | -key) changes a good
 * configuration; out comes a line [changes, error message] or [changes, {what the configuration says}].
 */
public class BrokerConfigs {
    static final Map<String, String> GOOD = new LinkedHashMap<>();
    static {
        GOOD.put("process.roles", "broker,controller");
        GOOD.put("node.id", "1");
        GOOD.put("controller.quorum.voters", "1@localhost:9093");
        GOOD.put("controller.listener.names", "CONTROLLER");
        GOOD.put("listeners", "PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093");
        GOOD.put("inter.broker.listener.name", "PLAINTEXT");
        GOOD.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL");
    }

    public static void main(String[] args) throws Exception {
        ObjectMapper json = new ObjectMapper();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = in.readLine()) != null; ) {
            Properties properties = new Properties();
            properties.putAll(GOOD);
            for (String change : line.split(" \\| ")) {
                if (change.startsWith("-")) properties.remove(change.substring(1));
                else properties.setProperty(change.substring(0, change.indexOf('=')), change.substring(change.indexOf('=') + 1));
            }
            ArrayNode out = json.createArrayNode().add(line);
            try {
                describe(new KafkaConfig(properties, false), out.addObject());
            } catch (Exception e) {
                out.remove(1);
                out.add(e.getMessage());
            }
            System.out.println(json.writeValueAsString(out));
        }
    }

    static void describe(KafkaConfig config, ObjectNode values) {
        endpoints(values.putArray("listeners"), scala.jdk.javaapi.CollectionConverters.asJava(config.listeners()));
        endpoints(values.putArray("advertised"), scala.jdk.javaapi.CollectionConverters.asJava(config.effectiveAdvertisedBrokerListeners()));
        values.put("interBrokerListener", config.interBrokerListenerName().value());
        values.put("nodeId", config.nodeId());
        values.put("logDirs", String.join(",", config.logDirs()));
        values.put("retentionMs", config.logRetentionTimeMillis());
        values.put("rollMs", config.logRollTimeMillis());
        values.put("rollJitterMs", config.logRollTimeJitterMillis());
        values.put("flushMs", config.logFlushIntervalMs());
    }

    static void endpoints(ArrayNode list, List<Endpoint> endpoints) {
        for (Endpoint e : endpoints) list.add(e.listener() + " " + e.securityProtocol() + " " + e.host() + " " + e.port());
    }
}
