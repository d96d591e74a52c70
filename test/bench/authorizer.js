// What a decision costs with 10 000 access control entries: npm run bench:authorizer
//   1 in 10 of the entries is on a prefix, 1 in 20 is a denial, 500 users, 5000 topics; every question is another one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ENTRIES = 10_000;
const QUESTIONS = 500_000;
const USERS = 500;
const TOPICS = 5000;
const [TOPIC, LITERAL, PREFIXED, DENY, ALLOW] = [2, 3, 4, 2, 3];
const [READ, WRITE, DESCRIBE] = [3, 4, 8];

const dir = mkdtempSync(join(tmpdir(), 'ktool-bench-'));
const outfile = join(dir, 'security.mjs');
const source = fileURLToPath(new URL('../../src/broker/security/', import.meta.url));
const contents =
  "export { AclIndex } from './acl-index.ts'; export { StandardAuthorizer } from './standard-authorizer.ts';";
await build({ stdin: { contents, resolveDir: source }, bundle: true, platform: 'node', format: 'esm', outfile });
const { AclIndex, StandardAuthorizer } = await import(pathToFileURL(outfile).href);
rmSync(dir, { recursive: true });

const index = new AclIndex();
const added = performance.now();
for (let i = 0; i < ENTRIES; i++)
  index.add({
    resourceType: TOPIC,
    resourceName: i % 10 === 0 ? `team-${(i / 10) % 97}-` : `team-${i % 97}-topic-${i % TOPICS}`,
    patternType: i % 10 === 0 ? PREFIXED : LITERAL,
    principal: `User:user-${i % USERS}`,
    host: '*',
    operation: [READ, WRITE, DESCRIBE][i % 3],
    permissionType: i % 20 === 0 ? DENY : ALLOW,
  });
console.log(`${ENTRIES} entries added in ${Math.round(performance.now() - added)} ms`);

const authorizer = new StandardAuthorizer(index, { superUsers: new Set(['User:admin']), allowIfNoAcl: false });
const users = Array.from({ length: USERS }, (_, i) => ({ principal: `User:user-${i}`, host: '127.0.0.1' }));
const topics = Array.from({ length: TOPICS }, (_, i) => `team-${i % 97}-topic-${i}`);

measure('decisions', QUESTIONS, (i) => authorizer.decide(users[i % USERS], READ, TOPIC, topics[i % TOPICS]).allowed);
measure('any topic (KIP-679)', 2000, (i) => authorizer.authorizeByResourceType(users[i % USERS], WRITE, TOPIC));

function measure(what, count, ask) {
  for (let i = 0; i < count / 5; i++) ask(i);
  const started = performance.now();
  let allowed = 0;
  for (let i = 0; i < count; i++) if (ask(i)) allowed++;
  const micros = ((performance.now() - started) * 1000) / count;
  console.log(`${what}: ${micros.toFixed(2)} µs each, ${allowed} of ${count} allowed`);
}
