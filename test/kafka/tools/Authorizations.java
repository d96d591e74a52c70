import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.metadata.authorizer.StandardAcl;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;

/**
 * Asks Apache Kafka's StandardAuthorizer about random requests under random access control entries and prints its answers, a
 * line of JSON for each set of entries: what test/broker/security/standard-authorizer.test.ts holds ktool's against.
 *
 *   java -cp 'KAFKA/libs/*' Authorizations.java > test/kafka/authorizations.jsonl
 */
public class Authorizations {
    static final Random RANDOM = new Random(20260101);
    static final String[] NAMES = {"a", "ab", "abc", "b", "ba"};
    static final String[] PRINCIPALS = {"User:alice", "User:bob", "User:root"};
    static final String[] HOSTS = {"10.0.0.1", "10.0.0.2"};
    static final ResourceType[] TYPES = {ResourceType.TOPIC, ResourceType.GROUP};
    static final AclOperation[] OPERATIONS = {
        AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE, AclOperation.ALTER, AclOperation.DESCRIBE,
        AclOperation.DESCRIBE_CONFIGS, AclOperation.ALTER_CONFIGS, AclOperation.CREATE};

    static <T> T any(T[] of) {
        return of[RANDOM.nextInt(of.length)];
    }

    record Context(KafkaPrincipal principal, InetAddress clientAddress) implements AuthorizableRequestContext {
        public String listenerName() { return "PLAINTEXT"; }
        public SecurityProtocol securityProtocol() { return SecurityProtocol.PLAINTEXT; }
        public int requestType() { return 0; }
        public int requestVersion() { return 0; }
        public String clientId() { return ""; }
        public int correlationId() { return 0; }
    }

    static StandardAcl randomAcl() {
        boolean prefixed = RANDOM.nextInt(3) == 0;
        return new StandardAcl(
            any(TYPES),
            !prefixed && RANDOM.nextInt(6) == 0 ? "*" : any(NAMES),
            prefixed ? PatternType.PREFIXED : PatternType.LITERAL,
            RANDOM.nextInt(4) == 0 ? "User:*" : any(PRINCIPALS),
            RANDOM.nextInt(2) == 0 ? "*" : any(HOSTS),
            RANDOM.nextInt(5) == 0 ? AclOperation.ALL : any(OPERATIONS),
            RANDOM.nextInt(3) == 0 ? AclPermissionType.DENY : AclPermissionType.ALLOW);
    }

    public static void main(String[] args) throws Exception {
        for (int round = 0; round < 60; round++) {
            boolean allow = round % 3 == 0;
            var authorizer = new StandardAuthorizer();
            authorizer.configure(Map.of(
                "super.users", "User:root", "node.id", "1", "allow.everyone.if.no.acl.found", String.valueOf(allow)));
            authorizer.withPluginMetrics(new PluginMetricsImpl(new Metrics(), Map.of()));
            List<String> acls = new ArrayList<>();
            for (int i = RANDOM.nextInt(9); i > 0; i--) {
                StandardAcl acl = randomAcl();
                authorizer.addAcl(Uuid.randomUuid(), acl);
                acls.add(String.format("[%d,\"%s\",%d,\"%s\",\"%s\",%d,%d]", acl.resourceType().code(), acl.resourceName(),
                    acl.patternType().code(), acl.principal(), acl.host(), acl.operation().code(), acl.permissionType().code()));
            }
            authorizer.completeInitialLoad();
            List<String> asked = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String principal = any(PRINCIPALS), host = any(HOSTS), name = any(NAMES);
                ResourceType type = any(TYPES);
                AclOperation operation = any(OPERATIONS);
                var context = new Context(new KafkaPrincipal("User", principal.substring(5)), InetAddress.getByName(host));
                var action = new Action(operation, new ResourcePattern(type, name, PatternType.LITERAL), 1, false, false);
                var one = authorizer.authorize(context, List.of(action)).get(0);
                var byType = authorizer.authorizeByResourceType(context, operation, type);
                asked.add(String.format("[\"%s\",\"%s\",%d,%d,\"%s\",%d,%d]", principal, host, operation.code(), type.code(), name,
                    one.ordinal() == 0 ? 1 : 0, byType.ordinal() == 0 ? 1 : 0));
            }
            System.out.println("{\"allowIfNoAcl\":" + allow + ",\"acls\":[" + String.join(",", acls) + "],\"asked\":[" + String.join(",", asked) + "]}");
        }
    }
}
