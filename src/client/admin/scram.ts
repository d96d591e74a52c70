// Users that log in with SCRAM (KIP-554). The password never travels: the client salts and hashes it.
import { promisify } from 'node:util';
import { AlterUserScramCredentials } from '../../protocol/messages/alter-user-scram-credentials.ts';
import { DescribeUserScramCredentials } from '../../protocol/messages/describe-user-scram-credentials.ts';
import type { Cluster } from '../cluster.ts';
import { refuseIfError } from '../errors.ts';
import { checkController, errorField, itemError, outcomes } from './outcomes.ts';
import type { CallOptions, Outcome, ScramDeletion, ScramMechanism, ScramUpsertion, ScramUser } from './types.ts';

const MECHANISMS = {
  'SCRAM-SHA-256': { number: 1, hash: 'sha256', bytes: 32 },
  'SCRAM-SHA-512': { number: 2, hash: 'sha512', bytes: 64 },
} as const;
const DEFAULT_ITERATIONS = 4096;

/** @see Admin.describeScram */
export function describeScram(
  cluster: Cluster,
  users?: readonly string[],
  { timeoutMs }: CallOptions = {},
): Promise<ScramUser[]> {
  return cluster.call(
    'describeUserScramCredentials',
    'any',
    async (broker) => {
      const request = { users: users?.map((name) => ({ name })) ?? null };
      const response = await broker.send(DescribeUserScramCredentials, request);
      refuseIfError(response.errorCode, response.errorMessage);
      return response.results.map(({ user, credentialInfos, errorCode, errorMessage }) => ({
        user,
        credentials: credentialInfos.map(({ mechanism, iterations }) => ({
          mechanism: mechanismOf(mechanism),
          iterations,
        })),
        ...errorField(errorCode, errorMessage),
      }));
    },
    timeoutMs,
  );
}

function mechanismOf(number: number): ScramMechanism {
  return number === MECHANISMS['SCRAM-SHA-512'].number ? 'SCRAM-SHA-512' : 'SCRAM-SHA-256';
}

/** @see Admin.alterScram */
export async function alterScram(
  cluster: Cluster,
  changes: { readonly upsertions?: readonly ScramUpsertion[]; readonly deletions?: readonly ScramDeletion[] },
  { timeoutMs }: CallOptions = {},
): Promise<Map<string, Outcome<undefined>>> {
  const { upsertions = [], deletions = [] } = changes;
  const request = {
    deletions: deletions.map(({ user, mechanism }) => ({ name: user, mechanism: MECHANISMS[mechanism].number })),
    upsertions: await Promise.all(upsertions.map(credential)),
  };
  return cluster.call(
    'alterUserScramCredentials',
    'controller',
    async (broker) => {
      const { results } = await broker.send(AlterUserScramCredentials, request);
      checkController(results);
      return outcomes(
        results,
        ({ user }) => user,
        ({ errorCode, errorMessage }) => itemError(errorCode, errorMessage || undefined),
      );
    },
    timeoutMs,
  );
}

async function credential({ user, mechanism, iterations = DEFAULT_ITERATIONS, password }: ScramUpsertion) {
  const { number, hash, bytes } = MECHANISMS[mechanism];
  // Loaded here: every script has this file, and few change passwords.
  const [{ pbkdf2 }, { randomText }] = await Promise.all([import('node:crypto'), import('../../util/sasl/scram.ts')]);
  // As Kafka's clients make them: brokers answer for users that there are not with salts that look the same.
  const salt = Buffer.from(randomText());
  const saltedPassword = await promisify(pbkdf2)(password, salt, iterations, bytes, hash);
  return { name: user, mechanism: number, iterations, salt, saltedPassword };
}
