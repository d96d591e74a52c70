import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Exit;

/**
 * Runs the command lines of a file in Apache Kafka's scripts, all in one JVM, and prints them with their answers: `$` the
 * command line, `>` standard output, `!` standard error without stack traces, `(table)` for an option table, `=` the status.
 *
 *   java -Djava.security.manager=allow -cp 'KAFKA/libs/*' ScriptUsage.java test/cli/fixtures/usage.txt
 *
 * Lines of the file that do not begin with `$` or `#` are left out, so an old recording is the input of the next.
 */
public class ScriptUsage {
    static final Map<String, String> CLASSES = Map.ofEntries(
        Map.entry("kafka-topics", "org.apache.kafka.tools.TopicCommand"),
        Map.entry("kafka-get-offsets", "org.apache.kafka.tools.GetOffsetShell"),
        Map.entry("kafka-broker-api-versions", "org.apache.kafka.tools.BrokerApiVersionsCommand"),
        Map.entry("kafka-configs", "kafka.admin.ConfigCommand"),
        Map.entry("kafka-consumer-groups", "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand"),
        Map.entry("kafka-console-producer", "org.apache.kafka.tools.ConsoleProducer"),
        Map.entry("kafka-console-consumer", "org.apache.kafka.tools.consumer.ConsoleConsumer"),
        Map.entry("kafka-groups", "org.apache.kafka.tools.GroupsCommand"),
        Map.entry("kafka-transactions", "org.apache.kafka.tools.TransactionsCommand"),
        Map.entry("kafka-features", "org.apache.kafka.tools.FeatureCommand"),
        Map.entry("kafka-metadata-quorum", "org.apache.kafka.tools.MetadataQuorumCommand"),
        Map.entry("kafka-jmx", "org.apache.kafka.tools.JmxTool"),
        Map.entry("kafka-storage", "kafka.tools.StorageTool"),
        Map.entry("kafka-metadata-shell", "org.apache.kafka.shell.MetadataShell"),
        Map.entry("kafka-cluster", "org.apache.kafka.tools.ClusterTool"),
        Map.entry("kafka-delete-records", "org.apache.kafka.tools.DeleteRecordsCommand"),
        Map.entry("kafka-leader-election", "org.apache.kafka.tools.LeaderElectionCommand"),
        Map.entry("kafka-log-dirs", "org.apache.kafka.tools.LogDirsCommand"),
        Map.entry("kafka-reassign-partitions", "org.apache.kafka.tools.reassign.ReassignPartitionsCommand"),
        Map.entry("kafka-share-groups", "org.apache.kafka.tools.consumer.group.ShareGroupCommand"),
        Map.entry("kafka-streams-groups", "org.apache.kafka.tools.streams.StreamsGroupCommand"),
        Map.entry("kafka-streams-application-reset", "org.apache.kafka.tools.StreamsResetter"),
        Map.entry("kafka-client-metrics", "org.apache.kafka.tools.ClientMetricsCommand"),
        Map.entry("kafka-dump-log", "org.apache.kafka.tools.DumpLogSegments"),
        Map.entry("kafka-console-share-consumer", "org.apache.kafka.tools.consumer.ConsoleShareConsumer"),
        Map.entry("kafka-share-consumer-perf-test", "org.apache.kafka.tools.ShareConsumerPerformance"),
        Map.entry("kafka-verifiable-share-consumer", "org.apache.kafka.tools.VerifiableShareConsumer"),
        Map.entry("kafka-replica-verification", "org.apache.kafka.tools.ReplicaVerificationTool"),
        Map.entry("connect-mirror-maker", "org.apache.kafka.connect.mirror.MirrorMaker"),
        Map.entry("connect-plugin-path", "org.apache.kafka.tools.ConnectPluginPath"),
        Map.entry("kafka-producer-perf-test", "org.apache.kafka.tools.ProducerPerformance"),
        Map.entry("kafka-consumer-perf-test", "org.apache.kafka.tools.ConsumerPerformance"),
        Map.entry("kafka-e2e-latency", "org.apache.kafka.tools.EndToEndLatency"),
        Map.entry("kafka-verifiable-producer", "org.apache.kafka.tools.VerifiableProducer"),
        Map.entry("kafka-verifiable-consumer", "org.apache.kafka.tools.VerifiableConsumer"));

    static final ByteArrayOutputStream OUT = new ByteArrayOutputStream();
    static final ByteArrayOutputStream ERR = new ByteArrayOutputStream();
    static boolean ended;
    static int status;
    static String error;

    /** The script calls exit: what it prints while this unwinds is none of its answer. */
    static class Ended extends RuntimeException {
        Ended(int code) {
            if (ended) return;
            ended = true;
            status = code;
            error = ERR.toString();
        }
    }

    static class NoExit extends SecurityManager {
        @Override
        public void checkExit(int code) {
            throw new Ended(code);
        }

        @Override
        public void checkPermission(Permission permission) {
        }
    }

    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        var matcher = java.util.regex.Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(line);
        while (matcher.find()) words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        return words;
    }

    static void run(List<String> words) throws Exception {
        OUT.reset();
        ERR.reset();
        ended = false;
        status = 0;
        error = null;
        String[] args = words.subList(1, words.size()).toArray(new String[0]);
        try {
            Class.forName(CLASSES.get(words.get(0))).getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            if (!ended) {
                status = 1;
                System.err.println("Exception in thread \"main\" " + e.getCause());
            }
        }
        if (error == null) error = ERR.toString();
    }

    static void print(PrintStream to, char mark, String text) {
        for (String line : text.isEmpty() ? new String[0] : text.split("\n")) {
            if (line.matches("Option( \\(\\* = required\\))? {2,}Description.*")) {
                to.println(mark + " (table)");
                return;
            }
            if (line.matches("\\[\\d{4}-.*")) continue; // of the JVM that runs more than one script
            boolean trace = line.startsWith("\tat ") || line.startsWith("\t... ") || line.matches("(Caused by: )?[a-z]+\\.[\\w.$]*(Exception|Error)\\b.*");
            if (!trace || mark == '>') to.println((mark + " " + line).stripTrailing());
        }
    }

    public static void main(String[] args) throws Exception {
        PrintStream to = System.out;
        Exit.setExitProcedure((code, message) -> {
            throw new Ended(code);
        });
        SecurityManager before = System.getSecurityManager();
        System.setSecurityManager(new NoExit());
        System.setOut(new PrintStream(OUT, true));
        System.setErr(new PrintStream(ERR, true));
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            if (line.startsWith("#")) to.println(line);
            if (!line.startsWith("$ ")) continue;
            run(words(line.substring(2)));
            to.println(line);
            print(to, '>', OUT.toString());
            print(to, '!', error);
            to.println("= " + (status & 255));
        }
        to.flush();
        System.setSecurityManager(before);
        System.exit(0);
    }
}
