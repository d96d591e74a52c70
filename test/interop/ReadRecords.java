import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Scanner;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;

/** Reads a batch per line, in hexadecimal, as Kafka does, and prints per line what Kafka says: "ok" or an exception. */
public class ReadRecords {
    public static void main(String[] args) {
        Scanner lines = new Scanner(System.in);
        while (lines.hasNextLine()) System.out.println(read(HexFormat.of().parseHex(lines.nextLine())));
    }

    private static String read(byte[] bytes) {
        try {
            for (MutableRecordBatch batch : MemoryRecords.readableRecords(ByteBuffer.wrap(bytes)).batches()) {
                batch.ensureValid();
                batch.forEach(record -> { });
            }
            return "ok";
        } catch (Exception e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }
}
