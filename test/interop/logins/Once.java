// For each line of standard input, the name of a file with properties, asks for topics once and says in a line how it went.
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

public class Once {
    public static void main(String[] args) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Properties properties = new Properties();
            try (FileInputStream file = new FileInputStream(line)) {
                properties.load(file);
            }
            System.out.println("> " + ask(properties));
        }
    }

    private static String ask(Properties properties) {
        try (Admin admin = Admin.create(properties)) {
            admin.listTopics().names().get(20, TimeUnit.SECONDS);
            return "ok";
        } catch (ExecutionException e) {
            return chain(e.getCause());
        } catch (Exception e) {
            return chain(e);
        }
    }

    private static String chain(Throwable error) {
        StringBuilder text = new StringBuilder();
        for (Throwable one = error; one != null; one = one.getCause()) text.append(one).append("; ");
        return text.toString().replace("\n", " ");
    }
}
