import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/**
 * Lets Kafka's own message classes write bytes. Reads lines {"name":"FetchRequest","version":4,"body":{…}} and prints
 * each with "hex" in place of "body". See test/kafka/tools/make-messages.mjs, which makes the lines.
 */
public class MessageBytes {
  public static void main(String[] args) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line; (line = in.readLine()) != null; ) {
      ObjectNode node = (ObjectNode) mapper.readTree(line);
      short version = (short) node.get("version").asInt();
      String name = node.get("name").asText();
      Class<?> converter = null;
      for (String place : new String[] {"common.message", "common.metadata", "coordinator.group.generated", "coordinator.transaction.generated", "coordinator.share.generated"}) {
        for (String end : new String[] {"DataJsonConverter", "JsonConverter"}) {
          try {
            converter = Class.forName("org.apache.kafka." + place + "." + name + end);
          } catch (ClassNotFoundException absent) {
            continue;
          }
        }
      }
      if (converter == null) throw new IllegalArgumentException(name);
      Message message;
      try {
        message = (Message) converter.getMethod("read", JsonNode.class, short.class).invoke(null, node.get("body"), version);
      } catch (java.lang.reflect.InvocationTargetException refused) {
        System.err.println(name + " v" + version + ": " + refused.getCause());
        continue;
      }
      ObjectSerializationCache cache = new ObjectSerializationCache();
      ByteBuffer bytes;
      try {
        bytes = ByteBuffer.allocate(message.size(cache, version));
        message.write(new ByteBufferAccessor(bytes), cache, version);
      } catch (RuntimeException refused) {
        System.err.println(name + " v" + version + ": " + refused);
        continue;
      }
      node.remove("body");
      node.put("hex", HexFormat.of().formatHex(bytes.array()));
      System.out.println(mapper.writeValueAsString(node));
    }
  }
}
