import java.io.StringReader;
import java.util.Properties;
import java.util.TreeMap;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What java.util.Properties reads from texts given as JSON strings, one a line: [text, {key: value}] or [text, error]. */
public class ReadProperties {
    public static void main(String[] args) throws Exception {
        ObjectMapper json = new ObjectMapper();
        for (String line : new String(System.in.readAllBytes()).split("\n")) {
            String text = json.readValue(line, String.class);
            Object result;
            try {
                Properties properties = new Properties();
                properties.load(new StringReader(text));
                result = new TreeMap<>(properties);
            } catch (IllegalArgumentException e) {
                result = e.getMessage();
            }
            System.out.println(json.writeValueAsString(new Object[] {text, result}));
        }
    }
}
