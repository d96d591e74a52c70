// The network of a broker with a request handler of the test's own: a frame in, a frame out.
import { onTestFinished } from 'vitest';
import { configOf } from '../../src/broker/broker-options.ts';
import { AddressRates } from '../../src/broker/network/address-rates.ts';
import { Network, type NetworkSettings } from '../../src/broker/network/network.ts';
import { clientWindows } from '../../src/broker/quotas/windows.ts';
import { systemClock } from '../../src/util/clock.ts';
import { silentLogger } from '../../src/util/logger.ts';

export interface TestNetwork {
  readonly network: Network;
  readonly port: number;
}

export async function openTestNetwork(
  dispatch: NetworkSettings['dispatch'],
  { overrides = {}, ...settings }: Partial<NetworkSettings> & { overrides?: Record<string, string> } = {},
): Promise<TestNetwork> {
  const config = configOf({ port: 0, overrides: new Map(Object.entries(overrides)) });
  const { clock = systemClock } = settings;
  const rates = settings.rates ?? new AddressRates(clock, clientWindows(config));
  const quiet = { clock, logger: silentLogger, sent: () => {} };
  const network = await Network.open({ config, dispatch, ...quiet, ...settings, rates });
  onTestFinished(async () => {
    network.stopAccepting();
    await network.closeConnections(0);
  });
  return { network, port: network.portOf('PLAINTEXT') };
}

/** A frame: its size, then the content. */
export function framed(content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  const size = Buffer.alloc(4);
  size.writeInt32BE(bytes.length);
  return Buffer.concat([size, bytes]);
}
