import java.time.Duration;
import org.apache.kafka.clients.admin.*;

/** What can only come last. */
final class EndCases {
  static void run(AdminTable t) throws Exception {
    Admin admin = t.admin;
    t.line("unregisterBroker absent", () -> admin.unregisterBroker(9));
    t.line("unregisterBroker negative", () -> admin.unregisterBroker(-1, new UnregisterBrokerOptions()));
    t.line("close", () -> {
      admin.close(Duration.ofSeconds(5));
      admin.close();
      return "";
    });
    t.line("a call after close", () -> admin.listTopics().names());
  }
}
