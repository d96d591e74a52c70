// Why there is no JMX connection, in the words of the JVM (JMXServiceURL, RMIConnector). ktool does not speak RMI: it finds out
// whether anybody is there.
import { connect } from 'node:net';

const STUB = 'Failed to retrieve RMIServer stub: javax.naming.';
const OWN =
  "ktool does not speak JMX; use Apache Kafka's kafka-jmx.sh for Java processes. A ktool broker has no JMX server";
const RMI_PORT = 1099;

/** @throws Error for a URL that is none (JMXServiceURL) */
export async function jmxFailure(url: string): Promise<string> {
  const [, protocol, path] = /^service:jmx:([^:]*):\/\/[^/]*(.*)$/i.exec(url) ?? [];
  if (protocol === undefined) throw new Error('Missing "://" after protocol name');
  if (protocol.toLowerCase() !== 'rmi') return `Unsupported protocol: ${protocol.toLowerCase()}`;
  if (!/^\/(jndi|stub|ior)\//.test(path!)) return `URL path must begin with /jndi/ or /stub/ or /ior/: ${path}`;
  const [, host, port] = /^\/jndi\/rmi:\/\/([^:/]*)(?::(\d+))?\//.exec(path!) ?? [];
  if (host === undefined) return OWN;
  const name = host || '127.0.0.1';
  const code = await failureOf(name, Number(port ?? RMI_PORT));
  if (code === 'ECONNREFUSED')
    return `${STUB}ServiceUnavailableException [Root exception is java.rmi.ConnectException: Connection refused to host: ${name}; nested exception is: \n\tjava.net.ConnectException: Connection refused]`;
  if (code === 'ENOTFOUND')
    return `${STUB}ConfigurationException [Root exception is java.rmi.UnknownHostException: Unknown host: ${name}; nested exception is: \n\tjava.net.UnknownHostException: ${name}]`;
  return OWN;
}

/** Why nobody can be reached, as the system's code; undefined if somebody is there. */
function failureOf(host: string, port: number): Promise<string | undefined> {
  return new Promise((done) => {
    const socket = connect({ host, port, timeout: 10_000 });
    const end = (code?: string) => {
      socket.destroy();
      done(code);
    };
    socket.on('connect', () => end());
    socket.on('timeout', () => end('ETIMEDOUT'));
    socket.on('error', (error: NodeJS.ErrnoException) => end(codeOf(error)));
  });
}

/** A name with several addresses fails with all of their errors. */
function codeOf(
  error: NodeJS.ErrnoException & { readonly errors?: readonly NodeJS.ErrnoException[] },
): string | undefined {
  return error.code ?? error.errors?.[0]?.code;
}
