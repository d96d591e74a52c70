import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { certsCreate, DEFAULT_DAYS } from '../../cli/certs/options.ts';
import { commands } from '../../cli/certs/settings.ts';
import { writeCertificates } from '../../cli/certs/write-certificates.ts';
import { ownCommand } from '../../cli/own-command.ts';
import { programName } from '../../cli/server/start-lines.ts';

/** Names become names of files and parts of distinguished names. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._@-]*$/;
const RESERVED = ['broker', 'ca', 'ca-key', 'server', 'truststore'];
const HOST = /^[A-Za-z0-9.:_-]+$/;
const MOST_DAYS = 36_500;

export default ownCommand(certsCreate, async ({ options, env, output }) => {
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
  if (options.has('json')) {
    output.print(JSON.stringify({ directory: folder, ...written, password: undefined }));
    return 0;
  }
  const [client = ''] = clients;
  const kept = written.caWasThere ? ', signed by the CA that was there' : '';
  output.print(
    `Certificates for ${days} days are in ${folder}${kept}. They are to develop with: keep ca-key.pem to yourself.`,
  );
  output.print('The same in PKCS12 is beside them, with the password of store-password.txt.');
  show('The broker', written.serverProperties);
  show(`A client, ${client}`, written.clientProperties[client] ?? '');
  output.print('\nTo use them:\n');
  for (const command of commands(folder, hosts, client, programName(env))) output.print(`  ${command}`);
  return 0;

  function show(what: string, file: string): void {
    output.print(`\n${what} (${file}):\n`);
    for (const line of readFileSync(file, 'utf8').trim().split('\n')) output.print(`  ${line}`);
  }
});

/** @throws Error that says what cannot be */
function check(hosts: readonly string[], clients: readonly string[], days: number): void {
  const host = hosts.find((one) => !HOST.test(one));
  if (host !== undefined) throw new Error(`--host ${host} is neither a name nor an address`);
  const client = clients.find((one) => !NAME.test(one) || RESERVED.includes(one));
  if (client !== undefined)
    throw new Error(`--client ${client}: a name is letters, digits and .-_@, and none of ${RESERVED.join(', ')}`);
  if (days < 1 || days > MOST_DAYS) throw new Error(`--days ${days} is not between 1 and ${MOST_DAYS}`);
}
