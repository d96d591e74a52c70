import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Base64;
import org.apache.kafka.common.utils.Exit;

/**
 * Runs main methods of Kafka's scripts one after the other: each line of standard input is a class and its arguments, with tabs
 * between; each line of standard output the status, standard output and standard error of one, the last two in Base64.
 */
public class ScriptRunner {
  /** Ends a script where it would end the process. */
  static final class Ended extends Error {
    Ended() {
      super(null, null, false, false);
    }
  }

  /** The answer of the script that runs: what it has said when it ends the process, whatever its catch clauses say then. */
  static volatile String answer;

  static final class Switched extends OutputStream {
    volatile ByteArrayOutputStream to = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      to.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      to.write(bytes, from, count);
    }
  }

  public static void main(String[] args) throws Exception {
    PrintStream answers = System.out;
    Switched out = new Switched(), err = new Switched();
    System.setOut(new PrintStream(out, true));
    System.setErr(new PrintStream(err, true));
    Exit.Procedure end = (status, message) -> {
      if (answer == null) answer = answer(status, out.to, err.to);
      throw new Ended();
    };
    Exit.setExitProcedure(end);
    Exit.setHaltProcedure(end);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split("\t", -1);
      String[] rest = java.util.Arrays.copyOfRange(words, 1, words.length);
      answer = null;
      out.to = new ByteArrayOutputStream();
      err.to = new ByteArrayOutputStream();
      Thread script = new Thread(() -> run(words[0], rest), "main");
      script.setDaemon(true);
      script.start();
      script.join(40_000);
      answers.println(answer == null ? answer(script.isAlive() ? 98 : 0, out.to, err.to) : answer);
      answers.flush();
    }
    Runtime.getRuntime().halt(0);
  }

  static void run(String name, String[] args) {
    try {
      Class.forName(name).getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (java.lang.reflect.InvocationTargetException e) {
      if (e.getCause() instanceof Ended) return;
      System.err.print("Exception in thread \"main\" ");
      e.getCause().printStackTrace();
      if (answer == null) Exit.exit(1);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static String answer(int status, ByteArrayOutputStream out, ByteArrayOutputStream err) {
    Base64.Encoder base64 = Base64.getEncoder();
    return status + " " + base64.encodeToString(out.toByteArray()) + " " + base64.encodeToString(err.toByteArray()) + " .";
  }
}
