import type { ConnectionLimits } from './settings.ts';

/** Counts the connections of a broker, over all its listeners (kafka.network.ConnectionQuotas). */
export class ConnectionQuota {
  readonly #limits: ConnectionLimits;
  readonly #perAddress = new Map<string, number>();
  #total = 0;

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  /** Counts a connection; if it is one too many it is not counted, and the sentence for the log is returned. */
  take(address: string): string | undefined {
    const { total, perIp, perIpOverrides } = this.#limits;
    const here = this.#perAddress.get(address) ?? 0;
    const most = perIpOverrides.get(address) ?? perIp;
    if (here >= most)
      return `Rejected connection from /${address}, address already has the configured maximum of ${most} connections.`;
    if (this.#total >= total)
      return `Rejected connection from /${address}, the broker has its maximum of ${total} connections.`;
    this.#perAddress.set(address, here + 1);
    this.#total++;
    return undefined;
  }

  release(address: string): void {
    const left = (this.#perAddress.get(address) ?? 1) - 1;
    if (left === 0) this.#perAddress.delete(address);
    else this.#perAddress.set(address, left);
    this.#total--;
  }
}
