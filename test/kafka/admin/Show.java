import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.*;
import java.util.concurrent.*;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.common.*;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.acl.AclOperation;

/** Answers of the Admin client as one line of text in which those of two clusters can be compared. */
final class Show {
  private static final long WAIT_SECONDS = 20;
  /** Lists of these come in no particular order. */
  private static final Set<Class<?>> UNORDERED = Set.of(GroupListing.class, TransactionListing.class, ConsumerGroupListing.class, ConfigResource.class);
  private final String address;

  Show(String address) {
    this.address = address;
  }

  /** A result class: what each of its futures gives, by the name of the method (and of the key, where it takes one). */
  String result(Object result, Object... keys) throws Exception {
    if (result == null) return "null";
    if (!result.getClass().getName().matches("org\\.apache\\.kafka\\.clients\\.admin\\..*Result")) return value(result);
    List<String> parts = new ArrayList<>();
    for (Method method : getters(result.getClass())) {
      if (method.getParameterCount() == 0) parts.add(method.getName() + "=" + call(method, result));
      else for (Object key : keys)
        if (method.getParameterTypes()[0].isInstance(key)) parts.add(method.getName() + "(" + key + ")=" + call(method, result, key));
    }
    return String.join(" ", parts);
  }

  private String call(Method method, Object on, Object... arguments) {
    try {
      return value(method.invoke(on, arguments));
    } catch (java.lang.reflect.InvocationTargetException e) {
      return error(e.getCause());
    } catch (Exception e) {
      return error(e);
    }
  }

  private static List<Method> getters(Class<?> type) {
    List<Method> methods = new ArrayList<>();
    for (Method method : type.getMethods()) {
      if (method.getDeclaringClass() == Object.class || Modifier.isStatic(method.getModifiers())) continue;
      if (method.getReturnType() == void.class || method.getParameterCount() > 1) continue;
      if (Set.of("hashCode", "toString", "equals", "getClass", "doc", "documentation").contains(method.getName())) continue;
      method.setAccessible(true);
      methods.add(method);
    }
    methods.sort(Comparator.comparing(Method::getName).thenComparing(m -> Arrays.toString(m.getParameterTypes())));
    return methods;
  }

  String value(Object value) {
    if (value == null) return "null";
    if (value instanceof KafkaFuture<?> future) return future(future);
    if (value instanceof Throwable error) return error(error);
    if (value instanceof Optional<?> optional) return optional.map(this::value).orElse("none");
    if (value instanceof OptionalLong || value instanceof OptionalInt || value instanceof OptionalDouble)
      return value.toString();
    if (value instanceof byte[] bytes) return bytes.length + " bytes";
    if (value instanceof Config config) return list(sorted(config.entries().stream().map(this::value).toList()));
    if (value instanceof Map<?, ?> map)
      return "{" + String.join(", ", sorted(map.entrySet().stream().map(e -> value(e.getKey()) + ": " + value(e.getValue())).toList())) + "}";
    if (value instanceof List<?> values && (values.isEmpty() || !UNORDERED.contains(values.get(0).getClass())))
      return list(values.stream().map(this::value).toList());
    if (value instanceof Collection<?> values) return list(sorted(values.stream().map(this::value).toList()));
    if (value instanceof AclOperation || value instanceof Enum<?>) return value.toString();
    if (value instanceof ClientQuotaEntity entity) return value(entity.entries());
    if (value instanceof RaftVoterEndpoint) return "RaftVoterEndpoint(…)";
    if (value instanceof Uuid uuid) return uuid.equals(Uuid.ZERO_UUID) ? "zero" : "{uuid}";
    if (value.getClass().getName().startsWith("org.apache.kafka.clients.admin.")) return fields(value);
    return plain(value.toString());
  }

  private String fields(Object value) {
    List<String> parts = new ArrayList<>();
    for (Method method : getters(value.getClass())) {
      if (method.getParameterCount() > 0) continue;
      String name = method.getName();
      boolean moving = (value instanceof ShareGroupDescription || value instanceof ShareMemberDescription) && name.endsWith("Epoch") || name.matches(".*([lL]ogEndOffset|highWatermark|Timestamp|FeaturesEpoch|totalBytes|usableBytes|StartTimeMs).*");
      parts.add(name + "=" + (moving ? "…" : call(method, value)));
    }
    return value.getClass().getSimpleName() + "(" + String.join(", ", parts) + ")";
  }

  private String future(KafkaFuture<?> future) {
    try {
      return value(future.get(WAIT_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return error(e.getCause());
    } catch (Exception e) {
      return error(e);
    }
  }

  String error(Throwable error) {
    return "!" + error.getClass().getSimpleName() + ": " + plain(String.valueOf(error.getMessage()));
  }

  private static List<String> sorted(List<String> texts) {
    return texts.stream().sorted().toList();
  }

  private static String list(List<String> texts) {
    return "[" + String.join(", ", texts) + "]";
  }

  private String plain(String text) {
    String port = address.substring(address.lastIndexOf(':') + 1);
    return text
        .replace(address, "{address}")
        .replaceAll("\\b" + port + "\\b", "{port}")
        .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "{member}")
        .replaceAll("(?<![\\w-])(?=[\\w-]*[A-Z])(?=[\\w-]*[a-z])[\\w-]{21}[AQgw](?![\\w-])", "{uuid}")
        .replaceAll("(?:/[\\w.-]+){2,}", "{path}")
        .replaceAll("@[0-9a-f]{5,8}\\b", "@…")
        .replaceAll("(Call\\(callName|Timed out waiting|Cannot send the request|Timed out waiting to send).*", "Timed out.")
        .replaceAll("\\b\\d{10,}\\b", "N")
        .replace('\n', ' ');
  }
}
