import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { certsCreate, DEFAULT_DAYS } from '../../cli/certs/options.ts';
import { commands } from '../../cli/certs/settings.ts';
import { type WrittenCertificates, writeCertificates } from '../../cli/certs/write-certificates.ts';
import { ownCommand } from '../../cli/own-command.ts';
import { programName } from '../../cli/server/program-name.ts';

/** Names become names of files and parts of distinguished names. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._@-]*$/;
const RESERVED = ['broker', 'ca', 'ca-key', 'server', 'truststore'];
const HOST = /^[A-Za-z0-9.:_-]+$/;
const MOST_DAYS = 36_500;

export default ownCommand(certsCreate, async ({ options, env }) => {
  const [directory, ...more] = options.positionals;
  if (directory === undefined || more.length > 0)
    throw new Error('Which folder is it to be? For example: ktool certs create certs');
  const hosts = options.values('host');
  const days = options.value('days') ?? DEFAULT_DAYS;
  const given = options.values('client');
  const clients = given.length === 0 ? ['client'] : [...given];
  check(hosts, clients, days);
  const folder = resolve(directory);
  const written = writeCertificates({ directory: folder, hosts, clients, days, nowMs: Date.now() });
  const { password: _, clientProperties, ...files } = written;
  return {
    data: {
      directory: folder,
      ...files,
      clients: Object.entries(clientProperties).map(([name, file]) => ({ client: name, properties: file })),
    },
    text: textOf(written, { folder, hosts, days, client: clients[0] ?? '', program: programName(env) }),
  };
});

interface Shown {
  readonly folder: string;
  readonly hosts: readonly string[];
  readonly days: number;
  /** The one that is shown. */
  readonly client: string;
  readonly program: string;
}

function textOf(written: WrittenCertificates, { folder, hosts, days, client, program }: Shown): string {
  const kept = written.caWasThere ? ', signed by the CA that was there' : '';
  const shown = (what: string, file: string): string[] => {
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    return ['', `${what} (${file}):`, '', ...lines.map((line) => `  ${line}`)];
  };
  const lines = [
    `Certificates for ${days} days are in ${folder}${kept}. They are to develop with: keep ca-key.pem to yourself.`,
    'The same in PKCS12 is beside them, with the password of store-password.txt.',
    ...shown('The broker', written.serverProperties),
    ...shown(`A client, ${client}`, written.clientProperties[client] ?? ''),
    '',
    'To use them:',
    '',
    ...commands(folder, hosts, client, program).map((command) => `  ${command}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** @throws Error that says what cannot be */
function check(hosts: readonly string[], clients: readonly string[], days: number): void {
  const host = hosts.find((one) => !HOST.test(one));
  if (host !== undefined) throw new Error(`--host ${host} is neither a name nor an address`);
  const client = clients.find((one) => !NAME.test(one) || RESERVED.includes(one));
  if (client !== undefined)
    throw new Error(`--client ${client}: a name is letters, digits and .-_@, and none of ${RESERVED.join(', ')}`);
  if (days < 1 || days > MOST_DAYS) throw new Error(`--days ${days} is not between 1 and ${MOST_DAYS}`);
}
