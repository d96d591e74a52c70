// Reads lines of hexadecimal bytes and writes, for each, what org.apache.kafka.connect.json.JsonDeserializer makes of it:
//   java -cp '/opt/kafka/libs/*' test/kafka/tools/JsonNodes.java < bytes.txt > test/kafka/json-nodes.jsonl
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.json.JsonDeserializer;

public class JsonNodes {
    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ObjectMapper mapper = new ObjectMapper();
        JsonDeserializer deserializer = new JsonDeserializer();
        for (String line; (line = in.readLine()) != null; ) {
            Map<String, String> outcome = new LinkedHashMap<>();
            outcome.put("bytes", line);
            try {
                String text = deserializer.deserialize("topic", HexFormat.of().parseHex(line)).toString();
                outcome.put("text", new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
            } catch (RuntimeException e) {
                outcome.put("error", e.getCause().toString());
            }
            out.println(mapper.writeValueAsString(outcome));
        }
    }
}
