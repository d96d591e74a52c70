// kafka-python's integration tests, from its source distribution, against a broker that is there already (KAFKA_URI).
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonWith, sourceOf } from './cache.js';
import { freePorts, has, run } from './process.js';

const VERSION = '3.0.12';
const PACKAGES = ['pytest', 'pytest-mock', 'pytest-timeout', 'py', 'lz4', 'python-snappy', 'zstandard', 'crc32c'];

// The distribution lacks the module that starts brokers; with one that runs already only these names are asked for.
const SERVICE = `class ExternalService:
    def __init__(self, host, port):
        self.host, self.port = host, port

    def __getattr__(self, name):
        return lambda *args, **settings: True


class SpawnedService(ExternalService):
    pass
`;

// What its own templates of server.properties say: the tests look for node 0 and for values that are not the default.
const PROPERTIES = { 'node.id': 0, 'num.partitions': 4, 'group.initial.rebalance.delay.ms': 0 };

export const kafkaPython = {
  name: 'kafka-python',
  version: `kafka-python ${VERSION} (PyPI sdist), test/integration`,
  whyNot: () =>
    has(process.env.KTOOL_PYTHON ?? 'python3', '-m', 'venv', '--help') ? undefined : 'no python3 with venv',
  async run(start) {
    const python = await pythonWith(`kafka-python-${VERSION}`, [`kafka-python==${VERSION}`, ...PACKAGES]);
    const folder = await sourceOf('kafka-python', VERSION, python);
    complete(folder);
    const port = await freePorts();
    const broker = await start({
      port,
      properties: { ...PROPERTIES, 'advertised.listeners': `PLAINTEXT://localhost:${port}` },
    });
    try {
      const report = join(folder, 'report.xml');
      const options = [
        '--timeout',
        '90',
        '--timeout-method',
        'signal',
        '-p',
        'no:cacheprovider',
        `--junitxml=${report}`,
      ];
      const { output } = await run(python, ['-m', 'pytest', '-q', ...options, 'test/integration'], {
        cwd: folder,
        env: { KAFKA_VERSION: '4.3.1', KAFKA_URI: `kafka://${broker.address}`, KAFKA_ROOT: folder },
        timeout: 560_000,
      });
      if (!existsSync(report)) return [{ name: 'the run', result: 'failed', output }];
      return junitResults(readFileSync(report, 'utf8'));
    } finally {
      await broker.stop();
    }
  },
};

function complete(folder) {
  mkdirSync(join(folder, 'test'), { recursive: true });
  writeFileSync(join(folder, 'test/__init__.py'), '');
  writeFileSync(join(folder, 'test/service.py'), SERVICE);
}

/** The test cases of a JUnit report. */
export function junitResults(xml) {
  const cases = [...xml.matchAll(/<testcase [^>]*? name="([^"]*)"[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g)];
  return cases.map(([, name, body = '']) => {
    const result = /<(failure|error)\b/.test(body) ? 'failed' : body.includes('<skipped') ? 'skipped' : 'passed';
    return { name, result, output: body };
  });
}
