import java.util.*;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.serialization.StringSerializer;

/** Transactions and their producers. */
final class TransactionCases {
  static void run(AdminTable t) throws Exception {
    Admin admin = t.admin;
    t.line("listTransactions of none", () -> admin.listTransactions().all());
    Map<String, Object> config = RecordCases.clientOf(t);
    config.put("transactional.id", "tx");
    try (Producer<String, String> producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      t.line("describeTransactions empty", () -> admin.describeTransactions(List.of("tx")).all());
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("orders", 1, 1L, "k", "v")).get();
      t.line("describeTransactions ongoing", () -> admin.describeTransactions(List.of("tx"), new DescribeTransactionsOptions()).all().get().get("tx").topicPartitions());
      t.line("listTransactions", () -> admin.listTransactions().all());
      for (TransactionState state : TransactionState.values()) t.line("listTransactions of " + state, () -> admin.listTransactions(new ListTransactionsOptions().filterStates(Set.of(state))).all());
      t.line("listTransactions of producers", () -> admin.listTransactions(new ListTransactionsOptions().filterProducerIds(Set.of(987654L))).all());
      t.line("listTransactions of a pattern", () -> admin.listTransactions(new ListTransactionsOptions().filterOnTransactionalIdPattern("t.*")).all());
      t.line("listTransactions of a bad pattern", () -> admin.listTransactions(new ListTransactionsOptions().filterOnTransactionalIdPattern("t(")).all());
      t.line("listTransactions of a duration", () -> admin.listTransactions(new ListTransactionsOptions().filterOnDuration(60000)).all());
      t.line("abortTransaction of another producer", () -> admin.abortTransaction(new AbortTransactionSpec(new org.apache.kafka.common.TopicPartition("orders", 1), 555, (short) 0, 0)));
      t.line("abortTransaction absent", () -> admin.abortTransaction(new AbortTransactionSpec(RecordCases.ABSENT, 1, (short) 0, 0), new AbortTransactionOptions().timeoutMs(1500)));
      t.line("fenceProducers", () -> admin.fenceProducers(List.of("tx")).fencedProducers());
      t.line("fenceProducers never seen", () -> admin.fenceProducers(List.of("never"), new FenceProducersOptions()).all());
      t.line("fenceProducers empty", () -> admin.fenceProducers(List.of("")).all());
      producer.close(java.time.Duration.ZERO);
    }
    t.line("describeTransactions absent", () -> admin.describeTransactions(List.of("absent", "never")).description("absent"));
    t.line("describeTransactions empty id", () -> admin.describeTransactions(List.of("")).description(""));
    t.line("forceTerminateTransaction", () -> admin.forceTerminateTransaction("tx").result());
    t.line("forceTerminateTransaction absent", () -> admin.forceTerminateTransaction("absent2", new TerminateTransactionOptions()).result());
  }
}
