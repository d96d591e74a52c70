// Command lines with an answer that has something in it. `@` is the world's folder, `%` the address of the broker with a login,
// `~` that of its
// listener that asks for one, `^` that of the three.

export interface Case {
  readonly line: string;
  /** The exit status. */
  readonly status: number;
  /** The entry of the documents where it is not that of the words. */
  readonly entry?: string;
  /** Keeps something of the answer for later lines, which have it as `{name}`. */
  readonly keep?: (document: never) => Readonly<Record<string, string>>;
}
const at = (line: string, more: Partial<Omit<Case, 'line'>> = {}): Case => ({ line, status: 0, ...more });
const failing = (line: string, more: Partial<Omit<Case, 'line'>> = {}): Case => at(line, { status: 1, ...more });

const USERS = { entry: 'configs --describe users, clients, ips' };

/** What makes something, in this order. */
export const CHANGES: readonly Case[] = [
  at('topics --create --topic made --partitions 2 --config retention.ms=5000'),
  at('topics --alter --topic made --partitions 3'),
  at('configs --alter --topic orders --add-config retention.ms=604800001 --delete-config cleanup.policy'),
  at('configs --alter --user alice --add-config producer_byte_rate=5'),
  at('configs --alter --entity-type users --entity-name bob --add-config SCRAM-SHA-256=[iterations=4096,password=pw]'),
  at('client-metrics --alter --name all --metrics * --interval 1000'),
  at('acls --add --allow-principal User:alice --operation Read --operation Write --topic orders'),
  at(
    'delegation-tokens --create --max-life-time-period -1 --renewer-principal User:bob --command-config @login --bootstrap-server ~',
    {
      keep: ({ hmac }: { hmac: string }) => ({ hmac }),
    },
  ),
  at('delegation-tokens --renew --renew-time-period -1 --hmac {hmac} --command-config @login --bootstrap-server ~'),
  at('consumer-groups --reset-offsets --group made --topic orders:1 --to-latest --execute'),
  failing('consumer-groups --reset-offsets --group shop --topic orders:1 --to-latest --execute'),
  at('share-groups --reset-offsets --group made-share --topic orders --to-earliest --execute'),
  failing('streams-groups --reset-offsets --group g --input-topic a --to-latest --execute'),
  at('features upgrade --feature share.version=1 --dry-run'),
  failing('features upgrade --feature group.version=9'),
  failing('features downgrade --feature group.version=9'),
  failing('features disable --feature nowhere'),
  at('features downgrade --feature streams.version=0 --dry-run'),
  at('features disable --feature share.version --dry-run'),
];

/** What only looks. */
export const LOOKS: readonly Case[] = [
  at('topics --list'),
  at('topics --describe'),
  at('topics --describe --bootstrap-server ^'),
  at('configs --describe --topic orders'),
  at('configs --describe --user alice', USERS),
  at('configs --describe --entity-type users', USERS),
  at('client-metrics --list'),
  at('client-metrics --describe'),
  at('get-offsets --topic orders'),
  at('log-dirs --describe --topic-list orders'),
  at('reassign-partitions --generate --topics-to-move-json-file @topics --broker-list 1'),
  at('reassign-partitions --list --bootstrap-server ^'),
  at('reassign-partitions --verify --reassignment-json-file @plan'),
  at('reassign-partitions --verify --reassignment-json-file @moving --bootstrap-server ^'),
  at('groups --list'),
  at('consumer-groups --list'),
  at('consumer-groups --describe --group shop'),
  at('consumer-groups --describe --all-groups --state'),
  at('consumer-groups --describe --all-groups --members'),
  at('consumer-groups --validate-regex a.*'),
  failing('consumer-groups --validate-regex a['),
  at('share-groups --list'),
  at('share-groups --describe --group pool'),
  at('share-groups --describe --group made-share'),
  at('share-groups --describe --group pool --state'),
  at('share-groups --describe --group pool --members'),
  at('streams-groups --list'),
  at('streams-groups --describe --group g'),
  at('streams-groups --describe --group g --state'),
  at('streams-groups --describe --group g --members'),
  at('transactions list'),
  at('transactions describe --transactional-id till'),
  at('transactions describe-producers --topic orders --partition 0'),
  at('transactions describe-producers --topic orders --partition 1'),
  at('transactions find-hanging --topic lost --max-transaction-timeout=-1'),
  at('cluster cluster-id'),
  at('cluster list-endpoints'),
  at('broker-api-versions --bootstrap-server %'),
  at('features describe'),
  at('features version-mapping'),
  at('features feature-dependencies --feature eligible.leader.replicas.version=1'),
  at('metadata-quorum describe --status'),
  at('metadata-quorum describe --replication'),
  at('acls --list'),
  at('acls --explain --principal User:alice --operation Read --topic orders'),
  at('delegation-tokens --describe --command-config @login --bootstrap-server ~ --owner-principal User:alice'),
  at('storage random-uuid'),
  failing('storage info --config @storage'),
  at('storage version-mapping'),
  at('storage feature-dependencies --feature eligible.leader.replicas.version=1'),
  at('metadata-shell --snapshot @stopped/__cluster_metadata-0/00000000000000000000.log ls image'),
];

/** What ends something, in this order. */
export const ENDS: readonly Case[] = [
  at('transactions abort --topic lost --partition 0 --start-offset 0'),
  at('transactions forceTerminateTransaction --transactionalId till'),
  at('delegation-tokens --expire --expiry-time-period -1 --hmac {hmac} --command-config @login --bootstrap-server ~'),
  at('acls --remove --force --allow-principal User:alice --operation Read --topic orders'),
  at('metadata-quorum --bootstrap-server % --command-config @controller add-controller --dry-run'),
  at(
    'metadata-quorum --bootstrap-server % remove-controller --controller-id 2 --controller-directory-id N3ZbPu6mTNCAiEnt8DZq8w --dry-run',
  ),
  at('storage format --config @new-storage --cluster-id q1Sh-9_ISia_zwGINzRvyQ --standalone'),
  at('dump-log --cluster-metadata-decoder --files @new/bootstrap.checkpoint'),
  failing('leader-election --election-type preferred --all-topic-partitions --bootstrap-server ^'),
  failing('leader-election --election-type preferred --topic away --partition 0 --bootstrap-server ^'),
  at('leader-election --election-type preferred --topic orders --partition 0'),
  at('reassign-partitions --cancel --reassignment-json-file @moving --bootstrap-server ^'),
  at('reassign-partitions --execute --reassignment-json-file @moving --bootstrap-server ^'),
  at('reassign-partitions --execute --reassignment-json-file @plan'),
  failing('delete-records --offset-json-file @offsets'),
  failing('consumer-groups --delete-offsets --group made --topic orders:1 --topic nowhere'),
  failing('consumer-groups --delete --group made --group nobody'),
  failing('share-groups --delete-offsets --group made-share --topic orders --topic nowhere'),
  failing('share-groups --delete --group made-share --group nobody'),
];

/** What needs groups without members, in this order. */
export const AFTERWARDS: readonly Case[] = [
  at('streams-groups --reset-offsets --group g --input-topic a --to-latest --execute'),
  failing('streams-groups --delete-offsets --group g --input-topic a:0 --input-topic nowhere'),
  failing('streams-groups --delete --group g --group nobody --delete-all-internal-topics'),
  failing('streams-application-reset --application-id app --input-topics orders --input-topics nowhere'),
  at('client-metrics --delete --name all'),
  at('cluster unregister --id 3 --bootstrap-server ^'),
  at('topics --delete --topic made'),
];

/** Commands that are ktool's own, in this order. */
export const OWN: readonly Case[] = [
  at('context add here --bootstrap-server % --command-config @login'),
  at('context add there --bootstrap-server elsewhere:9092'),
  at('context list'),
  at('context show here'),
  at('context use there'),
  at('context remove there'),
  at('certs create @certs --client till'),
  at('dist init @kafka'),
  at('dist init @kafka'),
  at('connect-plugin-path list --plugin-path @unformatted'),
  at('connect-plugin-path sync-manifests --plugin-path @unformatted --dry-run'),
];

/** What reads and writes records, and measures that; documents of one line each, or one. */
export const RECORDS: readonly Case[] = [
  at('console-consumer --topic orders --from-beginning --max-messages 4'),
  failing('console-consumer --topic orders --bootstrap-server 127.0.0.1:1'),
  at('console-share-consumer --topic orders --group verify --max-messages 4'),
  failing('console-share-consumer --topic orders --bootstrap-server 127.0.0.1:1'),
  at('dump-log --print-data-log --files @stopped/orders-1/00000000000000000000.log'),
  at('dump-log --files @stopped/orders-1/00000000000000000000.index'),
  at('dump-log --files @stopped/orders-1/00000000000000000000.timeindex'),
  at('dump-log --files @stopped/orders-1/00000000000000000000.txnindex'),
  at('dump-log --index-sanity-check --files @stopped/orders-1/00000000000000000000.index'),
  at('dump-log --files @stopped/orders-1/00000000000000000005.snapshot'),
  at('dump-log --files @stopped/torn/00000000000000000000.log'),
  at('dump-log --print-data-log --files @stopped/old/00000000000000000000.log'),
  failing('dump-log --files @nowhere.log'),
  at(
    'producer-perf-test --topic lost --num-records 20 --warmup-records 5 --record-size 10 --throughput -1 --bootstrap-server %',
  ),
  at('consumer-perf-test --topic orders --num-records 3 --timeout 30000 --bootstrap-server %'),
  // Reads what each of the producer's tests has written.
  at('share-consumer-perf-test --topic lost --group perf --num-records 20 --timeout 30000 --bootstrap-server %'),
  at('e2e-latency --bootstrap-server % --topic shared --num-records 3 --producer-acks 1 --record-size 10'),
  at('verifiable-producer --topic shared --max-messages 3 --bootstrap-server %'),
  at('verifiable-producer --topic shared --max-messages 1 --repeating-keys 2 --bootstrap-server %'),
  failing(
    'verifiable-producer --topic shared --max-messages 1 --repeating-keys 2 --command-config @tiny --bootstrap-server %',
  ),
  failing('verifiable-producer --topic shared --bootstrap-server 127.0.0.1:1'),
  at(
    'verifiable-consumer --topic shared --max-messages 7 --group-id verifiable --reset-policy earliest --verbose --bootstrap-server %',
  ),
  at(
    'verifiable-share-consumer --topic shared --group-id checking --max-messages 7 --offset-reset-strategy earliest --verbose --bootstrap-server %',
  ),
  failing('verifiable-consumer --topic shared --group-id other --bootstrap-server 127.0.0.1:1'),
  failing('verifiable-share-consumer --topic shared --group-id other --bootstrap-server 127.0.0.1:1'),
];

/** The same as LOOKS with options that change what is there, and not what it looks like. */
export const OPTIONS: readonly Case[] = [
  at('topics --list --exclude-internal'),
  at('topics --describe --topic orders'),
  at('topics --describe --topics-with-overrides'),
  at('topics --describe --under-replicated-partitions --bootstrap-server ^'),
  at('topics --describe --unavailable-partitions --bootstrap-server ^'),
  at('configs --describe --topic orders --all'),
  at('configs --describe --broker 1 --all'),
  at('configs --describe --broker-logger 1'),
  at('configs --describe --group pool'),
  at('configs --describe --client-metrics all'),
  at('configs --describe --entity-type topics'),
  at('configs --describe --entity-type clients', USERS),
  at('configs --describe --ip-defaults', USERS),
  at('get-offsets --topic-partitions orders:0 --time earliest'),
  at('log-dirs --describe --broker-list 1'),
  at('groups --list --consumer'),
  at('consumer-groups --list --state empty,stable --type classic'),
  at('consumer-groups --describe --all-groups --offsets --verbose'),
  at('consumer-groups --describe --all-groups --state --verbose'),
  at('consumer-groups --describe --group old --members --verbose'),
  at('share-groups --list --state stable'),
  at('share-groups --describe --all-groups --offsets --verbose'),
  at('share-groups --describe --all-groups --members --verbose'),
  at('streams-groups --list --state'),
  at('streams-groups --describe --all-groups --offsets --verbose'),
  at('streams-groups --describe --all-groups --members --verbose'),
  at('streams-groups --describe --all-groups --state --verbose'),
  at('consumer-groups --reset-offsets --all-groups --all-topics --to-earliest --dry-run', { status: 1 }),
  at('transactions --bootstrap-server % list --duration-filter 0'),
  at('transactions describe --transactional-id paid'),
  at('cluster list-endpoints --include-fenced-brokers --bootstrap-server ^'),
  at('features --bootstrap-server % describe --node-id 1'),
  at('metadata-quorum --bootstrap-server % describe --replication --human-readable'),
  at('acls --list --topic orders --principal User:alice'),
  at('acls --explain --principal User:eve --operation Read --group nobody'),
  failing('storage info --config @new-storage'),
];
