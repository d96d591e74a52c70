import java.util.*;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.*;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.coordinator.group.GroupConfig;
import org.apache.kafka.server.config.*;
import org.apache.kafka.server.metrics.ClientMetricsConfigs;
import org.apache.kafka.storage.internals.log.LogConfig;

/** Prints every configuration key that Apache Kafka defines (broker, topic, group, client metrics) as JSON. */
public class ConfigDefinitions {
    static final ObjectMapper JSON = new ObjectMapper();

    /** Rows of name, type, default, validator and importance. */
    static ArrayNode keys(Map<String, ConfigDef.ConfigKey> keys, Set<String> internal) {
        ArrayNode list = JSON.createArrayNode();
        for (ConfigDef.ConfigKey key : keys.values()) {
            String defaultText = key.hasDefault() ? ConfigDef.convertToString(key.defaultValue, key.type) : "(none)";
            list.addArray().add(key.name).add(key.type.name()).add(defaultText)
                .add(key.validator == null ? null : text(key.validator)).add(key.importance.name());
            if (key.internalConfig) internal.add(key.name);
        }
        return list;
    }

    /** A validator's own text; of lists also whether they may be empty or null, which the text does not say. */
    static String text(ConfigDef.Validator validator) {
        if (validator instanceof ConfigDef.ValidList list) {
            return list + " list" + (field(list, "isEmptyAllowed") ? "" : ", not empty") + (field(list, "isNullAllowed") ? ", or null" : "");
        }
        String text = validator.toString();
        return text.contains("@") || text.contains("$$Lambda") ? validator.getClass().getSimpleName().replaceAll("\\$.*", "") : text;
    }

    static boolean field(ConfigDef.ValidList list, String name) {
        try {
            java.lang.reflect.Field field = ConfigDef.ValidList.class.getDeclaredField(name);
            field.setAccessible(true);
            return field.getBoolean(list);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static ArrayNode names(Collection<String> names) {
        ArrayNode list = JSON.createArrayNode();
        new TreeSet<>(names).forEach(list::add);
        return list;
    }

    public static void main(String[] args) throws Exception {
        ObjectNode out = JSON.createObjectNode();
        Set<String> internal = new TreeSet<>();
        out.put("kafka", org.apache.kafka.common.utils.AppInfoParser.getVersion());
        out.set("broker", keys(AbstractKafkaConfig.CONFIG_DEF.configKeys(), internal));
        out.set("topic", keys(LogConfig.configKeys(), internal));
        out.set("group", keys(GroupConfig.CONFIG_DEF.configKeys(), internal));
        out.set("clientMetrics", keys(ClientMetricsConfigs.configDef().configKeys(), internal));
        out.set("internal", names(internal));

        ObjectNode topicSynonyms = out.putObject("topicSynonyms");
        new TreeMap<>(ServerTopicConfigSynonyms.ALL_TOPIC_CONFIG_SYNONYMS).forEach((name, list) -> {
            ArrayNode node = topicSynonyms.putArray(name);
            for (ConfigSynonym synonym : list) node.add(synonym.name() + " " + synonym.converter().apply("1"));
        });
        ObjectNode groupSynonyms = out.putObject("groupSynonyms");
        new TreeMap<>(GroupConfig.ALL_GROUP_CONFIG_SYNONYMS).forEach((name, synonym) -> groupSynonyms.put(name, synonym.orElse(null)));
        ObjectNode modes = out.putObject("dynamicUpdateModes");
        new TreeMap<>(DynamicBrokerConfig.dynamicConfigUpdateModes()).forEach(modes::put);
        out.set("dynamicOnlyPerListener", names(DynamicBrokerConfig.DYNAMIC_SECURITY_CONFIGS));
        ObjectNode brokerSynonyms = out.putObject("brokerSynonyms");
        for (String name : new TreeSet<>(AbstractKafkaConfig.CONFIG_DEF.names())) {
            List<String> list = DynamicBrokerConfig.brokerConfigSynonyms(name, true);
            if (list.size() == 1 && list.get(0).equals(name)) continue;
            ArrayNode node = brokerSynonyms.putArray(name);
            list.forEach(node::add);
        }
        System.out.println(JSON.writeValueAsString(out).replace("\"],[\"", "\"],\n[\""));
    }
}
