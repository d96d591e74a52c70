// AlterUserScramCredentials, v0 (KIP-554): sets and removes SCRAM credentials. The client salts the password; what is kept
// are the keys that follow from it (RFC 5802). A user may be there once in a request.
// Follows org.apache.kafka.controller.ScramControlManager.
import { createHash, createHmac } from 'node:crypto';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import {
  AlterUserScramCredentials,
  type AlterUserScramCredentialsRequest,
} from '../../protocol/messages/alter-user-scram-credentials.ts';
import type { ScramCredentials } from '../metadata/image.ts';
import type { ScramChange } from '../metadata/metadata-store.ts';
import { defineHandler } from './define.ts';
import { NO_FAILURE, type ResourceFailure, repeated, resourceFailure } from './failures.ts';

type Deletion = AlterUserScramCredentialsRequest['deletions'][number];
type Upsertion = AlterUserScramCredentialsRequest['upsertions'][number];

/** The hashes of ScramMechanism.type 1 and 2. */
const HASHES: ReadonlyMap<number, string> = new Map([
  [1, 'sha256'],
  [2, 'sha512'],
]);
const MIN_ITERATIONS = 4096;
const MAX_ITERATIONS = 16_384;

export const alterUserScramCredentialsHandler = defineHandler(
  AlterUserScramCredentials,
  ({ deletions, upsertions }, { services }) => {
    const { metadata } = services;
    const twice = repeated([...deletions, ...upsertions].map(({ name }) => name));
    const failures = new Map<string, ResourceFailure>();
    const changes: ScramChange[] = [];
    const attempt = (user: string, change: () => ScramChange) => {
      try {
        changes.push(change());
      } catch (error) {
        if (!failures.has(user)) failures.set(user, resourceFailure(error));
      }
    };
    for (const deletion of deletions) attempt(deletion.name, () => removed(deletion, twice, metadata.scramCredentials));
    for (const upsertion of upsertions) attempt(upsertion.name, () => upserted(upsertion, twice));
    const accepted = changes.filter(({ user }) => !failures.has(user));
    metadata.changeScramCredentials(accepted);
    return {
      throttleTimeMs: 0,
      results: [
        ...accepted.map(({ user }) => ({ user, ...NO_FAILURE })),
        ...[...failures].map(([user, failure]) => ({ user, ...failure })),
      ],
    };
  },
);

/** @throws KafkaError with Kafka's code and text */
function removed(deletion: Deletion, twice: ReadonlySet<string>, current: ScramCredentials): ScramChange {
  const { name: user, mechanism } = deletion;
  checkUser(deletion, twice);
  if (!current.get(user)?.has(mechanism))
    throw new KafkaError(ErrorCode.RESOURCE_NOT_FOUND, 'Attempt to delete a user credential that does not exist');
  return { user, mechanism, credential: null };
}

/** @throws KafkaError with Kafka's code and text */
function upserted(upsertion: Upsertion, twice: ReadonlySet<string>): ScramChange {
  const { name: user, mechanism, iterations, salt, saltedPassword } = upsertion;
  const hash = checkUser(upsertion, twice);
  if (iterations < MIN_ITERATIONS) throw new KafkaError(ErrorCode.UNACCEPTABLE_CREDENTIAL, 'Too few iterations');
  if (iterations > MAX_ITERATIONS) throw new KafkaError(ErrorCode.UNACCEPTABLE_CREDENTIAL, 'Too many iterations');
  const keyed = (text: string) => createHmac(hash, saltedPassword).update(text).digest();
  const storedKey = createHash(hash).update(keyed('Client Key')).digest();
  return { user, mechanism, credential: { salt, storedKey, serverKey: keyed('Server Key'), iterations } };
}

/** Gives the mechanism's hash. @throws KafkaError with Kafka's code and text */
function checkUser({ name, mechanism }: Deletion, twice: ReadonlySet<string>): string {
  if (name === '') throw new KafkaError(ErrorCode.UNACCEPTABLE_CREDENTIAL, 'Username must not be empty');
  const hash = HASHES.get(mechanism);
  if (hash === undefined) throw new KafkaError(ErrorCode.UNSUPPORTED_SASL_MECHANISM, 'Unknown SCRAM mechanism');
  if (twice.has(name)) {
    const message = 'A user credential cannot be altered twice in the same request';
    throw new KafkaError(ErrorCode.DUPLICATE_RESOURCE, message);
  }
  return hash;
}
