// Three consumers of one group are replaced one after the other: from the classic protocol to the consumer protocol, and
// back, while records come in. Prints what got lost on the way.
// Arguments: bootstrap servers, topic, group, assignor of the classic consumers (a class name), "static" or "dynamic".
import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.TopicPartition;

public class RollingConsumers {
    static String servers, topic, group, assignor;
    static boolean isStatic;
    static final Set<String> consumed = ConcurrentHashMap.newKeySet();
    static final AtomicInteger total = new AtomicInteger(), lost = new AtomicInteger(), revoked = new AtomicInteger();
    static final Map<TopicPartition, String> owners = new ConcurrentHashMap<>();
    static final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    static final class Worker extends Thread {
        final String name;
        final String protocol;
        final AtomicBoolean stop = new AtomicBoolean();
        volatile Set<TopicPartition> assigned = Set.of();

        Worker(String name, String protocol) {
            this.name = name;
            this.protocol = protocol;
            start();
        }

        @Override
        public void run() {
            Properties config = new Properties();
            config.put("bootstrap.servers", servers);
            config.put("group.id", group);
            config.put("group.protocol", protocol);
            if (isStatic) config.put("group.instance.id", name);
            if (protocol.equals("classic")) {
                config.put("partition.assignment.strategy", assignor);
                config.put("heartbeat.interval.ms", "300");
                config.put("session.timeout.ms", "6000");
            }
            config.put("auto.offset.reset", "earliest");
            config.put("enable.auto.commit", "false");
            config.put("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
            config.put("value.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
            try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(config)) {
                consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {
                    public void onPartitionsRevoked(Collection<TopicPartition> gone) {
                        if (!stop.get()) revoked.addAndGet(gone.size());
                        for (TopicPartition one : gone) owners.remove(one, name + protocol);
                        assigned = Set.copyOf(consumer.assignment());
                    }
                    public void onPartitionsLost(Collection<TopicPartition> gone) {
                        lost.addAndGet(gone.size());
                        for (TopicPartition one : gone) owners.remove(one, name + protocol);
                    }
                    public void onPartitionsAssigned(Collection<TopicPartition> added) {
                        for (TopicPartition one : added) {
                            String before = owners.put(one, name + protocol);
                            if (before != null && !before.equals(name + protocol)) complaints.add(one + " has two owners: " + before + ", " + name + protocol);
                        }
                        assigned = Set.copyOf(consumer.assignment());
                    }
                });
                while (!stop.get()) {
                    ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(50));
                    for (ConsumerRecord<String, String> record : records) {
                        total.incrementAndGet();
                        consumed.add(record.value());
                    }
                    assigned = Set.copyOf(consumer.assignment());
                    try {
                        if (!records.isEmpty()) consumer.commitSync();
                    } catch (CommitFailedException | org.apache.kafka.common.errors.RebalanceInProgressException e) {
                        // At least once: who gets the partitions reads these records again.
                    }
                }
            } catch (Throwable e) {
                complaints.add(name + " " + protocol + ": " + e);
            }
            assigned = Set.of();
        }
    }

    static void settle(Collection<Worker> workers) throws Exception {
        long end = System.currentTimeMillis() + 30_000;
        int quiet = 0;
        while (quiet < 10) {
            int sum = 0;
            for (Worker worker : workers) sum += worker.assigned.size();
            boolean isFair = workers.stream().allMatch(worker -> worker.assigned.size() == 6 / workers.size());
            quiet = sum == 6 && isFair ? quiet + 1 : 0;
            Thread.sleep(50);
            if (System.currentTimeMillis() > end) {
                StringBuilder text = new StringBuilder("not settled:");
                for (Worker worker : workers) text.append(' ').append(worker.name).append(worker.protocol).append(worker.assigned);
                complaints.add(text.toString());
                return;
            }
        }
    }

    static void roll(Map<String, Worker> workers, String protocol) throws Exception {
        for (String name : List.copyOf(workers.keySet())) {
            Worker old = workers.get(name);
            old.stop.set(true);
            old.join(20_000);
            workers.put(name, new Worker(name, protocol));
            settle(workers.values());
        }
    }

    public static void main(String[] args) throws Exception {
        servers = args[0];
        topic = args[1];
        group = args[2];
        assignor = args[3];
        isStatic = args[4].equals("static");
        Properties config = new Properties();
        config.put("bootstrap.servers", servers);
        config.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
        config.put("value.serializer", "org.apache.kafka.common.serialization.StringSerializer");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger produced = new AtomicInteger();
        Thread source = new Thread(() -> {
            try (KafkaProducer<String, String> producer = new KafkaProducer<>(config)) {
                while (!stop.get()) {
                    int number = produced.getAndIncrement();
                    producer.send(new ProducerRecord<>(topic, number % 6, null, "r" + number));
                    Thread.sleep(2);
                }
            } catch (Exception e) {
                complaints.add("producer: " + e);
            }
        });
        source.start();
        Map<String, Worker> workers = new LinkedHashMap<>();
        for (String name : List.of("c1", "c2", "c3")) workers.put(name, new Worker(name, "classic"));
        settle(workers.values());
        int atStart = revoked.get();
        roll(workers, "consumer");
        System.out.println("revoked while rolling to consumer " + (revoked.get() - atStart));
        int atTurn = revoked.get();
        roll(workers, "classic");
        System.out.println("revoked while rolling to classic " + (revoked.get() - atTurn));
        stop.set(true);
        source.join();
        long end = System.currentTimeMillis() + 20_000;
        while (consumed.size() < produced.get() && System.currentTimeMillis() < end) Thread.sleep(50);
        for (Worker worker : workers.values()) worker.stop.set(true);
        for (Worker worker : workers.values()) worker.join(20_000);
        System.out.println("missing " + (produced.get() - consumed.size()));
        System.out.println("twice " + (total.get() - consumed.size()));
        System.out.println("lost " + lost.get());
        for (String complaint : complaints) System.out.println("complaint " + complaint);
        System.exit(0);
    }
}
