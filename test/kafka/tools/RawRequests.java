import java.io.*;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.*;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.*;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.protocol.*;

/**
 * Sends requests given as JSON and prints the answers in the order of the wire (the Java Admin client would reorder them).
 * Usage: java RawRequests.java PORT < requests, one {"api": "DescribeConfigs", "version": 4, "body": {…}} a line;
 * prints one {"request": …, "response": …} a line. Bodies are in the JSON form of Kafka's generated JsonConverter classes.
 */
public class RawRequests {
    static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] args) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", Integer.parseInt(args[0]))) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (String line; (line = STDIN.readLine()) != null; ) {
                if (line.isBlank()) continue;
                JsonNode request = JSON.readTree(line);
                ObjectNode result = JSON.createObjectNode();
                result.set("request", request);
                result.set("response", exchange(out, in, request));
                Thread.sleep(PAUSE_MS);
                System.out.println(JSON.writeValueAsString(result));
            }
        }
    }

    /** A broker puts a dynamic change in force only a moment after it has answered. */
    static final int PAUSE_MS = 60;
    static final BufferedReader STDIN = new BufferedReader(new InputStreamReader(System.in));

    static JsonNode exchange(DataOutputStream out, DataInputStream in, JsonNode request) throws Exception {
        String api = request.get("api").asText();
        short version = (short) request.get("version").asInt();
        ApiKeys key = Arrays.stream(ApiKeys.values()).filter(k -> k.name.equals(api)).findFirst().orElseThrow();
        Message body = (Message) converter(api + "Request").getMethod("read", JsonNode.class, short.class).invoke(null, request.get("body"), version);
        RequestHeaderData header = new RequestHeaderData().setRequestApiKey(key.id).setRequestApiVersion(version).setCorrelationId(1).setClientId("raw");
        ByteBuffer headerBytes = MessageUtil.toByteBufferAccessor(header, key.requestHeaderVersion(version)).buffer();
        ByteBuffer bodyBytes = MessageUtil.toByteBufferAccessor(body, version).buffer();
        out.writeInt(headerBytes.remaining() + bodyBytes.remaining());
        out.write(headerBytes.array(), headerBytes.arrayOffset() + headerBytes.position(), headerBytes.remaining());
        out.write(bodyBytes.array(), bodyBytes.arrayOffset() + bodyBytes.position(), bodyBytes.remaining());
        out.flush();
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        ByteBuffer answer = ByteBuffer.wrap(frame);
        answer.position(key.responseHeaderVersion(version) == 0 ? 4 : 5);
        Object data = Class.forName("org.apache.kafka.common.message." + api + "ResponseData").getConstructor(org.apache.kafka.common.protocol.Readable.class, short.class)
            .newInstance(new ByteBufferAccessor(answer), version);
        return (JsonNode) converter(api + "Response").getMethod("write", data.getClass(), short.class).invoke(null, data, version);
    }

    static Class<?> converter(String message) throws ClassNotFoundException {
        return Class.forName("org.apache.kafka.common.message." + message + "DataJsonConverter");
    }
}
