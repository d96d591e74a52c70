// The settings and commands that use certificates of `ktool certs create`.

const TLS_PORT = 9093;

/** server.properties: who shows a certificate of the CA is let in, by the name that is in it. */
export function serverProperties(directory: string, hosts: readonly string[]): string {
  const [first] = hosts;
  const listeners =
    first === undefined
      ? [`listeners=SSL://127.0.0.1:${TLS_PORT}`, `advertised.listeners=SSL://localhost:${TLS_PORT}`]
      : [`listeners=SSL://:${TLS_PORT}`, `advertised.listeners=SSL://${bracketed(first)}:${TLS_PORT}`];
  return lines([
    ...listeners,
    'ssl.keystore.type=PEM',
    `ssl.keystore.location=${path(directory, 'broker.pem')}`,
    'ssl.truststore.type=PEM',
    `ssl.truststore.location=${path(directory, 'ca.pem')}`,
    'ssl.client.auth=required',
    'ssl.principal.mapping.rules=RULE:^CN=([^,]*).*$/$1/,DEFAULT',
  ]);
}

/** What a client is started with: --command-config of all scripts, or the settings of a program. */
export function clientProperties(directory: string, client: string): string {
  return lines([
    'security.protocol=SSL',
    'ssl.keystore.type=PEM',
    `ssl.keystore.location=${path(directory, `${client}.pem`)}`,
    'ssl.truststore.type=PEM',
    `ssl.truststore.location=${path(directory, 'ca.pem')}`,
  ]);
}

/** What to type with them. @param ktool how ktool is called here */
export function commands(directory: string, hosts: readonly string[], client: string, ktool: string): string[] {
  const server = `${bracketed(hosts[0] ?? 'localhost')}:${TLS_PORT}`;
  const config = quoted(path(directory, `${client}.properties`));
  return [
    `${ktool} server start ${quoted(path(directory, 'server.properties'))}`,
    `${ktool} topics --bootstrap-server ${server} --command-config ${config} --list`,
    `${ktool} context add dev --bootstrap-server ${server} --command-config ${config}`,
  ];
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Slashes also on Windows, where a backslash in a properties file would be an escape. */
const path = (directory: string, name: string): string => `${directory.replaceAll('\\', '/')}/${name}`;

const quoted = (word: string): string => (/^[\w./:@-]+$/.test(word) ? word : `'${word}'`);

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;
