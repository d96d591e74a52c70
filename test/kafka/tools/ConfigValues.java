import java.util.*;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.*;
import org.apache.kafka.common.config.*;
import org.apache.kafka.coordinator.group.GroupConfig;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.apache.kafka.server.metrics.ClientMetricsConfigs;
import org.apache.kafka.storage.internals.log.LogConfig;

/**
 * Prints what Apache Kafka makes of good and bad values: for one key of each kind (type and validator) a map from the
 * given text to [its text after parsing] or to the error message. Classes are left out (Kafka would load them).
 */
public class ConfigValues {
    static final List<String> NUMBERS = List.of("", "abc", "0", "-1", "-3", "10", "1001", "+5", " 12 ", "1.5", "010", "32768", "2147483648", "9223372036854775808", "1,2");
    static final List<String> DOUBLES = List.of("0x10", "1e3", "0.50", "1.0E7", "123456789.25", "0.0001", "NaN", "-Infinity", "1d", ".5", "5.", "1e400", "12345678", "0.3f");
    static final List<String> TEXTS = List.of("", "  ", "TRUE", " False ", " abc ", "zstd", "compact, delete", "compact,compact", "a,b,,c", ",", "broker,broker", "earliest", "by_duration:PT1H",
        "by_duration:-PT1H", "upgrade", "rs256", "*", "0:1,1:2", "0:1,*");

    static void add(ObjectNode out, ConfigDef def, Set<String> seen) {
        for (ConfigDef.ConfigKey key : def.configKeys().values()) {
            if (key.type == ConfigDef.Type.CLASS) continue;
            String kind = key.type + " " + (key.validator == null ? "" : ConfigDefinitions.text(key.validator));
            if (!seen.add(kind)) continue;
            ObjectNode node = out.putObject(key.name);
            List<String> values = new ArrayList<>();
            boolean number = Set.of("INT", "LONG", "SHORT", "DOUBLE").contains(key.type.name());
            values.addAll(number ? NUMBERS : TEXTS);
            if (key.type == ConfigDef.Type.DOUBLE) values.addAll(DOUBLES);
            for (String value : values) {
                try {
                    Object parsed = new ConfigDef().define(key).parse(Map.of(key.name, value)).get(key.name);
                    node.putArray(value).add(key.type == ConfigDef.Type.PASSWORD ? "[hidden]" : ConfigDef.convertToString(parsed, key.type));
                } catch (ConfigException e) {
                    node.put(value, e.getMessage());
                } catch (Exception e) {
                    node.put(value, "! " + e);
                }
            }
        }
    }

    public static void main(String[] args) throws Exception {
        ObjectMapper json = new ObjectMapper();
        ObjectNode out = json.createObjectNode();
        Set<String> seen = new HashSet<>();
        add(out.putObject("broker"), AbstractKafkaConfig.CONFIG_DEF, seen);
        add(out.putObject("topic"), LogConfig.configDefCopy(), seen);
        add(out.putObject("group"), GroupConfig.CONFIG_DEF, seen);
        add(out.putObject("clientMetrics"), ClientMetricsConfigs.configDef(), seen);
        System.out.println(json.writeValueAsString(out).replace("},\"", "},\n\""));
    }
}
