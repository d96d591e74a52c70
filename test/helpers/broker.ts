// A broker for tests on a free port, closed when the test is over.
import { onTestFinished } from 'vitest';
import type { BrokerOptions } from '../../src/broker/broker-options.ts';
import { type Broker, startBroker } from '../../src/broker/start.ts';

/** Starts a broker in memory, or in `dataDir` if given, on a free port of 127.0.0.1. */
export async function startTestBroker(options: BrokerOptions = {}): Promise<Broker> {
  const broker = await startBroker({ port: 0, ...options });
  onTestFinished(() => broker.close());
  return broker;
}
