import { describe, expect, it } from 'vitest';
import { LoggerName, Loggers } from '../../src/broker/loggers.ts';
import { IncrementalAlterConfigs } from '../../src/protocol/messages/incremental-alter-configs.ts';
import type { Logger } from '../../src/util/logger.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { connect } from '../helpers/client.ts';

const DELETE = 1;
const set = (name: string, value: string | null, configOperation = value === null ? DELETE : 0) => ({
  name,
  value,
  configOperation,
});

function recording() {
  const lines: string[] = [];
  const part = (name: string): Logger => ({
    error: (message) => void lines.push(`ERROR ${name} ${message}`),
    warn: (message) => void lines.push(`WARN ${name} ${message}`),
    info: (message) => void lines.push(`INFO ${name} ${message}`),
    debug: (message) => void lines.push(`DEBUG ${name} ${message}`),
    named: part,
  });
  return { lines, sink: part('') };
}

describe('the loggers of a broker', () => {
  it('let through what is as important as their level, under their names', () => {
    const { lines, sink } = recording();
    const loggers = new Loggers(sink, 'WARN');
    const logs = loggers.named(LoggerName.LOGS);
    const say = () => {
      logs.debug('a');
      logs.info('b');
      logs.warn('c');
      logs.error('d');
      return lines.splice(0).map((line) => line.replace(LoggerName.LOGS, 'logs'));
    };
    expect(say()).toEqual(['WARN logs c', 'ERROR logs d']);
    loggers.alter([set(LoggerName.LOGS, 'DEBUG')], false);
    expect(say()).toEqual(['DEBUG logs a', 'INFO logs b', 'WARN logs c', 'ERROR logs d']);
    loggers.alter([set(LoggerName.ROOT, 'FATAL')], false);
    expect(say()).toHaveLength(4);
    loggers.alter([set(LoggerName.LOGS, null)], false);
    expect(say()).toEqual([]);
  });

  it('change together or not at all', () => {
    const loggers = new Loggers(recording().sink, 'INFO');
    expect(() => loggers.alter([set(LoggerName.LOGS, 'DEBUG'), set(LoggerName.REQUESTS, 'LOUD')], false)).toThrow();
    expect(loggers.describe([LoggerName.LOGS])).toMatchObject([{ value: 'INFO' }]);
  });

  it('act on a running broker', async () => {
    const { lines, sink } = recording();
    const broker = await startTestBroker({ logger: sink, logLevel: 'FATAL' });
    const upset = async () => {
      const client = await connect(broker);
      client.send(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
      await client.closed;
    };
    await upset();
    expect(lines).toEqual([]);
    const configs = [set(LoggerName.NETWORK, 'WARN')];
    const resources = [{ resourceType: 8, resourceName: '1', configs }];
    await (await connect(broker)).request(IncrementalAlterConfigs, 1, { resources, validateOnly: false });
    await upset();
    expect(lines).toEqual([
      expect.stringMatching(/^WARN kafka\.network\.SocketServer Connection from .* not a Kafka client/),
    ]);
  });
});
