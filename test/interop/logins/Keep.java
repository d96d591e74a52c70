// Lists topics four times a second, over one connection for as long as it holds, and says each time how it went.
import java.io.FileInputStream;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

public class Keep {
    public static void main(String[] args) throws Exception {
        Properties properties = new Properties();
        try (FileInputStream file = new FileInputStream(args[0])) {
            properties.load(file);
        }
        properties.put("default.api.timeout.ms", "3000");
        properties.put("request.timeout.ms", "3000");
        properties.put("retries", "0");
        try (Admin admin = Admin.create(properties)) {
            while (System.in.available() == 0) {
                try {
                    admin.listTopics().names().get(4, TimeUnit.SECONDS);
                    System.out.println("ok");
                } catch (ExecutionException e) {
                    System.out.println("no " + e.getCause());
                }
                Thread.sleep(250);
            }
        }
    }
}
