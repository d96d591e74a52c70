import java.util.*;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.ConfigResource.Type;
import org.apache.kafka.common.quota.*;

/** Configs of all kinds of resources, and quotas. */
final class ConfigCases {
  private static final ConfigResource TOPIC = new ConfigResource(Type.TOPIC, "orders");
  private static final ConfigResource BROKER = new ConfigResource(Type.BROKER, "1");

  static void run(AdminTable t) throws Exception {
    Admin admin = t.admin;
    alter(t, "set", TOPIC, "retention.ms", "1000", OpType.SET);
    alter(t, "set again", TOPIC, "retention.ms", "2000", OpType.SET);
    alter(t, "unknown key", TOPIC, "no.such", "1", OpType.SET);
    alter(t, "bad value", TOPIC, "retention.ms", "soon", OpType.SET);
    alter(t, "out of range", TOPIC, "segment.bytes", "-4", OpType.SET);
    alter(t, "append", TOPIC, "cleanup.policy", "compact", OpType.APPEND);
    alter(t, "append again", TOPIC, "cleanup.policy", "compact", OpType.APPEND);
    alter(t, "append to no list", TOPIC, "retention.ms", "1", OpType.APPEND);
    alter(t, "subtract", TOPIC, "cleanup.policy", "delete", OpType.SUBTRACT);
    alter(t, "subtract from no list", TOPIC, "retention.ms", "1", OpType.SUBTRACT);
    alter(t, "delete", TOPIC, "retention.ms", null, OpType.DELETE);
    alter(t, "delete what is not set", TOPIC, "retention.ms", null, OpType.DELETE);
    alter(t, "set null", TOPIC, "retention.ms", null, OpType.SET);
    alter(t, "absent topic", new ConfigResource(Type.TOPIC, "absent"), "retention.ms", "1", OpType.SET);
    alter(t, "bad topic name", new ConfigResource(Type.TOPIC, "b!d"), "retention.ms", "1", OpType.SET);
    alter(t, "empty topic name", new ConfigResource(Type.TOPIC, ""), "retention.ms", "1", OpType.SET);
    alter(t, "broker", BROKER, "log.cleaner.threads", "2", OpType.SET);
    alter(t, "broker read-only", BROKER, "node.id", "2", OpType.SET);
    alter(t, "broker bad value", BROKER, "log.cleaner.threads", "none", OpType.SET);
    alter(t, "absent broker", new ConfigResource(Type.BROKER, "9"), "log.cleaner.threads", "2", OpType.SET);
    alter(t, "broker of no number", new ConfigResource(Type.BROKER, "x"), "log.cleaner.threads", "2", OpType.SET);
    alter(t, "all brokers", new ConfigResource(Type.BROKER, ""), "log.cleaner.threads", "3", OpType.SET);
    alter(t, "all brokers, a key for one", new ConfigResource(Type.BROKER, ""), "listeners", "PLAINTEXT://:1", OpType.SET);
    alter(t, "group", new ConfigResource(Type.GROUP, "g"), "consumer.session.timeout.ms", "50000", OpType.SET);
    alter(t, "group out of range", new ConfigResource(Type.GROUP, "g"), "consumer.session.timeout.ms", "1", OpType.SET);
    alter(t, "group unknown key", new ConfigResource(Type.GROUP, "g"), "no.such", "1", OpType.SET);
    alter(t, "empty group", new ConfigResource(Type.GROUP, ""), "consumer.session.timeout.ms", "50000", OpType.SET);
    alter(t, "client metrics", new ConfigResource(Type.CLIENT_METRICS, "m"), "interval.ms", "1000", OpType.SET);
    alter(t, "client metrics bad", new ConfigResource(Type.CLIENT_METRICS, "m"), "interval.ms", "1", OpType.SET);
    alter(t, "unknown type", new ConfigResource(Type.UNKNOWN, "m"), "a", "1", OpType.SET);
    alter(t, "unknown logger", new ConfigResource(Type.BROKER_LOGGER, "1"), "no.such.logger", "DEBUG", OpType.SET);
    alter(t, "bad level", new ConfigResource(Type.BROKER_LOGGER, "1"), "root", "LOUD", OpType.SET);
    t.line("incrementalAlterConfigs batch", () -> admin.incrementalAlterConfigs(Map.of(TOPIC, ops("retention.ms", "3000", OpType.SET), new ConfigResource(Type.TOPIC, "absent"), ops("retention.ms", "1", OpType.SET), BROKER, ops("log.cleaner.threads", null, OpType.DELETE))));
    t.line("incrementalAlterConfigs a key twice", () -> admin.incrementalAlterConfigs(Map.of(TOPIC, List.of(op("retention.ms", "1", OpType.SET), op("retention.ms", "2", OpType.SET)))));
    t.line("incrementalAlterConfigs no key", () -> admin.incrementalAlterConfigs(Map.of(TOPIC, List.of())));
    t.line("incrementalAlterConfigs validateOnly", () -> admin.incrementalAlterConfigs(Map.of(TOPIC, ops("retention.ms", "9", OpType.SET)), new AlterConfigsOptions().validateOnly(true)));
    describe(t, "topic", TOPIC);
    describe(t, "absent topic", new ConfigResource(Type.TOPIC, "absent"));
    describe(t, "bad topic name", new ConfigResource(Type.TOPIC, "b!d"));
    describe(t, "empty topic name", new ConfigResource(Type.TOPIC, ""));
    describe(t, "group", new ConfigResource(Type.GROUP, "g"));
    describe(t, "absent group", new ConfigResource(Type.GROUP, "absent"));
    describe(t, "client metrics", new ConfigResource(Type.CLIENT_METRICS, "m"));
    describe(t, "absent client metrics", new ConfigResource(Type.CLIENT_METRICS, "absent"));
    describe(t, "all brokers", new ConfigResource(Type.BROKER, ""));
    describe(t, "absent broker", new ConfigResource(Type.BROKER, "9"));
    describe(t, "broker of no number", new ConfigResource(Type.BROKER, "x"));
    describe(t, "unknown type", new ConfigResource(Type.UNKNOWN, "x"));
    t.line("describeConfigs broker", () -> admin.describeConfigs(List.of(BROKER)).all().get().get(BROKER).entries().stream().filter(e -> e.name().startsWith("log.retention") || e.name().startsWith("group.share") || e.name().startsWith("quota")).toList().stream().sorted(Comparator.comparing(ConfigEntry::name)).toList());
    t.line("describeConfigs synonyms", () -> admin.describeConfigs(List.of(TOPIC), new DescribeConfigsOptions().includeSynonyms(true).includeDocumentation(true)).values().get(TOPIC).get().get("retention.ms"));
    t.line("describeConfigs batch", () -> admin.describeConfigs(List.of(new ConfigResource(Type.TOPIC, "absent"), new ConfigResource(Type.GROUP, "g"))));
    t.line("describeConfigs none", () -> admin.describeConfigs(List.of()));
    t.line("listConfigResources", () -> admin.listConfigResources());
    for (Type type : Type.values()) t.line("listConfigResources " + type, () -> admin.listConfigResources(Set.of(type), new ListConfigResourcesOptions()));
    t.line("listClientMetricsResources", () -> admin.listClientMetricsResources());
    t.line("listClientMetricsResources options", () -> admin.listClientMetricsResources(new ListClientMetricsResourcesOptions()));
    quotas(t);
    alter(t, "client metrics delete", new ConfigResource(Type.CLIENT_METRICS, "m"), "interval.ms", null, OpType.DELETE);
    alter(t, "all brokers delete", new ConfigResource(Type.BROKER, ""), "log.cleaner.threads", null, OpType.DELETE);
    alter(t, "topic as it was", TOPIC, "retention.ms", null, OpType.DELETE);
    alter(t, "topic policy as it was", TOPIC, "cleanup.policy", null, OpType.DELETE);
  }

  private static void quotas(AdminTable t) throws Exception {
    Admin admin = t.admin;
    quota(t, "user", Map.of("user", "u"), "producer_byte_rate", 1000.0);
    quota(t, "default user", Collections.singletonMap("user", null), "consumer_byte_rate", 2000.0);
    quota(t, "user and client", Map.of("user", "u", "client-id", "c"), "request_percentage", 50.5);
    quota(t, "ip", Map.of("ip", "127.0.0.2"), "connection_creation_rate", 10.0);
    quota(t, "bad ip", Map.of("ip", "no ip!"), "connection_creation_rate", 10.0);
    quota(t, "ip with a key of users", Map.of("ip", "127.0.0.2"), "producer_byte_rate", 10.0);
    quota(t, "ip and user", Map.of("ip", "127.0.0.2", "user", "u"), "producer_byte_rate", 10.0);
    quota(t, "no entity", Map.of(), "producer_byte_rate", 10.0);
    quota(t, "unknown entity", Map.of("planet", "u"), "producer_byte_rate", 10.0);
    quota(t, "empty user", Map.of("user", ""), "producer_byte_rate", 10.0);
    quota(t, "unknown key", Map.of("user", "u"), "no_such_rate", 10.0);
    quota(t, "negative", Map.of("user", "u"), "producer_byte_rate", -1.0);
    quota(t, "zero", Map.of("user", "u"), "producer_byte_rate", 0.0);
    quota(t, "fraction", Map.of("user", "u"), "producer_byte_rate", 0.5);
    quota(t, "remove", Map.of("user", "u", "client-id", "c"), "request_percentage", null);
    quota(t, "remove what is not there", Map.of("user", "nobody"), "request_percentage", null);
    t.line("alterClientQuotas validateOnly", () -> admin.alterClientQuotas(List.of(alteration(Map.of("user", "only"), "producer_byte_rate", 1.0)), new AlterClientQuotasOptions().validateOnly(true)));
    t.line("alterClientQuotas batch", () -> admin.alterClientQuotas(List.of(alteration(Map.of("user", "b"), "producer_byte_rate", 1.0), alteration(Map.of("user", "c"), "bad", 1.0))));
    t.line("describeClientQuotas all", () -> admin.describeClientQuotas(ClientQuotaFilter.all()));
    t.line("describeClientQuotas user", () -> admin.describeClientQuotas(ClientQuotaFilter.contains(List.of(ClientQuotaFilterComponent.ofEntity("user", "u")))));
    t.line("describeClientQuotas default", () -> admin.describeClientQuotas(ClientQuotaFilter.contains(List.of(ClientQuotaFilterComponent.ofDefaultEntity("user")))));
    t.line("describeClientQuotas strict", () -> admin.describeClientQuotas(ClientQuotaFilter.containsOnly(List.of(ClientQuotaFilterComponent.ofEntityType("user"))), new DescribeClientQuotasOptions()));
    t.line("describeClientQuotas unknown type", () -> admin.describeClientQuotas(ClientQuotaFilter.contains(List.of(ClientQuotaFilterComponent.ofEntityType("planet")))));
    t.line("describeClientQuotas ip and user", () -> admin.describeClientQuotas(ClientQuotaFilter.contains(List.of(ClientQuotaFilterComponent.ofEntityType("ip"), ClientQuotaFilterComponent.ofEntityType("user")))));
    t.line("describeClientQuotas a type twice", () -> admin.describeClientQuotas(ClientQuotaFilter.contains(List.of(ClientQuotaFilterComponent.ofEntityType("user"), ClientQuotaFilterComponent.ofEntity("user", "u")))));
    t.line("describeClientQuotas empty type", () -> admin.describeClientQuotas(ClientQuotaFilter.contains(List.of(ClientQuotaFilterComponent.ofEntityType("")))));
  }

  private static ClientQuotaAlteration alteration(Map<String, String> entity, String key, Double value) {
    return new ClientQuotaAlteration(new ClientQuotaEntity(entity), List.of(new ClientQuotaAlteration.Op(key, value)));
  }

  private static void quota(AdminTable t, String what, Map<String, String> entity, String key, Double value) throws Exception {
    t.line("alterClientQuotas " + what, () -> t.admin.alterClientQuotas(List.of(alteration(entity, key, value))));
  }

  private static AlterConfigOp op(String key, String value, OpType type) {
    return new AlterConfigOp(new ConfigEntry(key, value), type);
  }

  private static List<AlterConfigOp> ops(String key, String value, OpType type) {
    return List.of(op(key, value, type));
  }

  private static void alter(AdminTable t, String what, ConfigResource resource, String key, String value, OpType type) throws Exception {
    t.line("incrementalAlterConfigs " + what, () -> t.admin.incrementalAlterConfigs(Map.of(resource, ops(key, value, type))));
  }

  private static void describe(AdminTable t, String what, ConfigResource resource) throws Exception {
    t.line("describeConfigs " + what, () -> t.admin.describeConfigs(List.of(resource)).values());
  }
}
