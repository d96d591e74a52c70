import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.tools.DumpLogSegments;

/**
 * Runs kafka-dump-log for each line of a file, all in one JVM, and prints `$` the line, `>` standard output, `!` standard error
 * without stack traces and what led to an exception, `=` the status:
 *   java -cp 'KAFKA/libs/*' DumpAll.java COMMANDS
 */
public class DumpAll {
  static class Ended extends RuntimeException {
    final int code;
    Ended(int code) { this.code = code; }
  }

  public static void main(String[] args) throws Exception {
    PrintStream to = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    Exit.setExitProcedure((code, message) -> { throw new Ended(code); });
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      String[] words = line.split(" ");
      ByteArrayOutputStream out = new ByteArrayOutputStream(), err = new ByteArrayOutputStream();
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      int status = run(Arrays.copyOfRange(words, 1, words.length));
      to.println("$ " + line);
      print(to, "> ", out.toString(StandardCharsets.UTF_8));
      print(to, "! ", err.toString(StandardCharsets.UTF_8));
      to.println("= " + status);
    }
    to.flush();
  }

  private static int run(String[] args) {
    try {
      DumpLogSegments.main(args);
      return 0;
    } catch (Ended e) {
      return e.code;
    } catch (Throwable e) {
      System.err.println("Exception in thread \"main\" " + e);
      return 1;
    }
  }

  private static void print(PrintStream to, String mark, String text) {
    for (String line : text.isEmpty() ? new String[0] : text.split("\n", -1)) to.println(mark + line);
  }
}
