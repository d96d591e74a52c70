import { lookup } from 'node:dns/promises';

/** The addresses that a host's name stands for; none if it is not known. */
export async function resolveHost(host: string): Promise<string[]> {
  return lookup(host, { all: true }).then(
    (found) => found.map(({ address }) => address),
    () => [],
  );
}
