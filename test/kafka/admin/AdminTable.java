import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.*;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;

/**
 * Calls every method of Kafka's Admin client, several cases each, and prints one comparable line a case.
 * Arguments: address of a new one-node cluster (node 1), milliseconds to wait after each case.
 * The last line names the methods that no case called.
 */
public final class AdminTable {
  final String address;
  final Admin admin;
  private final long pauseMs;
  private final Show show;
  private final Set<String> called = new TreeSet<>();

  private AdminTable(String address, long pauseMs) {
    this.address = address;
    this.pauseMs = pauseMs;
    this.show = new Show(address);
    Properties properties = new Properties();
    properties.put("bootstrap.servers", address);
    properties.put("default.api.timeout.ms", "15000");
    properties.put("request.timeout.ms", "10000");
    properties.put("retry.backoff.ms", "50");
    properties.put("retry.backoff.max.ms", "100");
    Admin client = Admin.create(properties);
    this.admin = (Admin) Proxy.newProxyInstance(Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
      called.add(signature(method));
      try {
        return method.invoke(client, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    });
  }

  /** One case; `keys` are for methods of the result that take one. */
  void line(String name, Callable<?> call, Object... keys) throws Exception {
    String answer;
    try {
      answer = show.result(call.call(), keys);
    } catch (Throwable e) {
      answer = show.error(e);
    }
    System.out.println(name + " -> " + answer);
    if (pauseMs > 0) Thread.sleep(pauseMs);
  }

  private static String signature(Method method) {
    StringJoiner types = new StringJoiner(",", method.getName() + "(", ")");
    for (Class<?> type : method.getParameterTypes()) types.add(type.getSimpleName());
    return types.toString();
  }

  public static void main(String[] arguments) throws Exception {
    AdminTable table = new AdminTable(arguments[0], Long.parseLong(arguments[1]));
    ClusterCases.run(table);
    TopicCases.run(table);
    ConfigCases.run(table);
    RecordCases.run(table);
    GroupCases.run(table);
    NewGroupCases.run(table);
    TransactionCases.run(table);
    SecurityCases.run(table);
    EndCases.run(table);
    table.line("methods without a case", () -> {
      Set<String> left = new TreeSet<>();
      for (Method method : Admin.class.getMethods())
        if (!java.lang.reflect.Modifier.isStatic(method.getModifiers())) left.add(signature(method));
      left.removeAll(table.called);
      return left;
    });
    System.exit(0);
  }
}
