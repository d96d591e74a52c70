import { lookup } from 'node:dns/promises';

/** The address that a host's name stands for, of several the first of IPv4 (InetAddress.getByName); undefined if it is not known. */
export async function resolveHost(host: string): Promise<string | undefined> {
  return lookup(host || 'localhost', { order: 'ipv4first' }).then(
    ({ address }) => address,
    () => undefined,
  );
}
