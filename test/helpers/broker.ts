// A broker for tests on a free port, closed when the test is over.
import { onTestFinished } from 'vitest';
import type { BrokerOptions } from '../../src/broker/broker-options.ts';
import { type Broker, startBroker } from '../../src/broker/start.ts';
import { freePort } from './free-port.ts';

/**
 * Starts a broker in memory, or in `dataDir` if given, on a free port of 127.0.0.1. Several brokers have ports that nobody else
 * gets while one of them is stopped.
 */
export async function startTestBroker(options: BrokerOptions = {}): Promise<Broker> {
  const { brokers = 1 } = options;
  const broker = await startBroker({ port: brokers > 1 ? await freePort(Math.ceil(brokers)) : 0, ...options });
  onTestFinished(() => broker.close());
  return broker;
}
