// What a client that does not speak Kafka's protocol seems to speak, so that the log says what to look for.

interface Foreign {
  readonly looks: string;
  readonly test: (start: Buffer, text: string) => boolean;
}

const HTTP_METHODS = /^(GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH|TRACE|CONNECT|PRI) /;

const FOREIGN: readonly Foreign[] = [
  { looks: 'an HTTP request', test: (_, text) => HTTP_METHODS.test(text) },
  // Record type handshake (22), then the version 3.x of the record layer.
  { looks: 'a TLS handshake on a plaintext listener', test: (start) => start[0] === 22 && start[1] === 3 },
  { looks: 'an SSH client', test: (_, text) => text.startsWith('SSH-') },
  { looks: 'a Redis client', test: (_, text) => /^[*$]\d+\r/.test(text) },
  {
    looks: 'a PROXY protocol header',
    test: (_, text) => text.startsWith('PROXY ') || text.startsWith('\r\n\r\n\0\r\nQUIT'),
  },
  {
    looks: 'plain text',
    test: (start) => start.every((byte) => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127)),
  },
];

/** What bytes that are no frame of Kafka's look like: `an HTTP request (GET / HTTP/1.1)`. */
export function describeForeign(start: Buffer): string {
  const text = start.toString('latin1');
  const known = FOREIGN.find(({ test }) => test(start, text));
  if (known === undefined) return `bytes ${start.toString('hex')}`;
  const line = text.split(/[\r\n]/)[0]?.replace(/[^ -~]/g, '.') ?? '';
  return start[0] === 22 ? known.looks : `${known.looks} (${line})`;
}
