// IBM/sarama's functional tests: five brokers, each behind a proxy (toxiproxy) that can be made to fail.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from './brokers.js';
import { cached, goModule } from './cache.js';
import { buildTests, runEach } from './go-tests.js';
import { freePorts, has, must, run, serve } from './process.js';

const BROKERS = 5;
/** The ports that the tests name for the proxies begin here. */
const NAMED_PORT = 29090;

// As in the suite's docker-compose.yml and server.properties.
const PROPERTIES = {
  'default.replication.factor': 2,
  'offsets.topic.replication.factor': 2,
  'transaction.state.log.replication.factor': 2,
  'transaction.state.log.min.isr': 1,
  'auto.create.topics.enable': false,
  'group.initial.rebalance.delay.ms': 0,
  'replica.selector.class': 'org.apache.kafka.common.replica.RackAwareReplicaSelector',
};

export const sarama = {
  name: 'sarama',
  version: 'github.com/IBM/sarama v1.61.1, tag functional; github.com/Shopify/toxiproxy v2.5.0',
  whyNot: (broker) => {
    if (broker === 'kafka') return 'five brokers of Apache Kafka are not started here';
    return has('go', 'version') ? undefined : 'no go on the path';
  },
  async run(start) {
    const folder = await goModule('github.com/IBM/sarama', 'v1.61.1');
    const port = await freePorts(2 * BROKERS + 1);
    aim(folder, port);
    const tests = await buildTests(folder, 'sarama', 'functional');
    const api = `127.0.0.1:${port}`;
    const proxy = await serve(await toxiproxy(), ['-host', '127.0.0.1', '-port', String(port)], 'Starting HTTP server');
    const advertised = { 'advertised.listeners': `PLAINTEXT://localhost:${port + 1}` };
    const options = { properties: { ...PROPERTIES, ...advertised }, brokers: BROKERS, port: port + 1 + BROKERS };
    const broker = await start(options).catch(async (error) => {
      await proxy.stop();
      throw error;
    });
    try {
      await createProxies(api, port);
      const path = `${dockerFor(broker, folder)}:${process.env.PATH}`;
      const env = { TOXIPROXY_ADDR: `http://${api}`, KAFKA_VERSION: '4.3.1', PATH: path };
      return await runEach(tests, functional(folder), {
        cwd: folder,
        env,
        timeout: 120_000,
        after: () => startAll(broker),
      });
    } finally {
      await broker.stop();
      await proxy.stop();
    }
  },
};

/**
 * The tests stop and start brokers, and read their logs, with `docker compose`: a program of that name does it with ktool.
 * @returns the folder it is in
 */
function dockerFor(broker, folder) {
  const bin = join(folder, '.bin');
  mkdirSync(bin, { recursive: true });
  const ktool = `'${process.execPath}' '${program}' server`;
  const script = `#!/bin/sh
shift
case "$1" in
  stop) exec ${ktool} stop --broker "\${2#kafka-}" --data-dir '${broker.dataDir}' ;;
  start)
    said=$(${ktool} start --broker "\${2#kafka-}" --data-dir '${broker.dataDir}' 2>&1) && exit
    case "$said" in *'is running already'*) exit 0 ;; esac
    echo "$said" >&2; exit 1 ;;
  logs) exec cat '${broker.logFile}' ;;
  *) echo "no such command here: $*" >&2; exit 1 ;;
esac
`;
  writeFileSync(join(bin, 'docker'), script, { mode: 0o755 });
  return bin;
}

/** Starts the brokers that a test which did not come to its end has left stopped. */
async function startAll({ dataDir }) {
  for (let id = 1; id <= BROKERS; id++)
    await run(process.execPath, [program, 'server', 'start', '--broker', String(id), '--data-dir', dataDir]);
}

const toxiproxy = async () => {
  const folder = await cached('toxiproxy-v2.5.0', (path) =>
    must('go', ['install', 'github.com/Shopify/toxiproxy/v2/cmd/server@v2.5.0'], { env: { GOBIN: path } }),
  );
  return join(folder, 'server');
};

async function createProxies(api, port) {
  for (let id = 1; id <= BROKERS; id++) {
    const proxy = {
      name: `kafka${id}`,
      listen: `127.0.0.1:${port + id}`,
      upstream: `localhost:${port + BROKERS + id}`,
    };
    const answer = await fetch(`http://${api}/proxies`, { method: 'POST', body: JSON.stringify(proxy) });
    if (!answer.ok) throw new Error(`toxiproxy: ${await answer.text()}`);
  }
}

/** The tests in the files of the functional ones: the program has all others too. */
function functional(folder) {
  const files = readdirSync(folder).filter((name) => /^functional_.*_test\.go$/.test(name));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));
  const names = texts.flatMap((text) =>
    [...text.matchAll(/^func (Test\w+)\(t \*testing\.T\)/gm)].map(([, name]) => name),
  );
  return `^(${names.join('|')})$`;
}

/** Has the tests look for their proxies from another port on; what an earlier run wrote is changed anew. */
function aim(folder, port) {
  const marks = join(folder, '.port');
  const before = readdirSync(folder).includes('.port') ? readFileSync(marks, 'utf8') : String(NAMED_PORT);
  const file = join(folder, 'functional_test.go');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(`${before}+i`, `${port}+i`));
  writeFileSync(marks, String(port));
}
