// Addresses as Java writes them: Kafka's tools show clients so.

/** An address without the prefix of IPv4 addresses on a socket for both families. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}

/** InetAddress.getHostAddress: IPv6 addresses with all eight groups, `0:0:0:0:0:0:0:1`. */
export function javaAddress(address: string): string {
  const plain = plainAddress(address);
  if (!plain.includes(':')) return plain;
  const [groups = '', scope] = plain.split('%');
  const [head = '', tail] = groups.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : new Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  const all = [...before, ...zeros, ...after].join(':');
  return scope === undefined ? all : `${all}%${scope}`;
}
