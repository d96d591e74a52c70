// Who can log in with SCRAM: the users whose credentials are in the metadata, and delegation tokens.

import { imitatedSalt, type ScramKeys, type ScramMechanism } from '../../util/sasl/scram.ts';
import type { ScramAccount, ScramAccounts } from '../../util/sasl/scram-server.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';
import type { DelegationTokens } from '../tokens/delegation-tokens.ts';

interface Parts {
  readonly metadata: Pick<MetadataStore, 'scramCredentials'>;
  readonly tokens: DelegationTokens;
  /** What the salts of names that are not there are made with: the same after a restart, and known to nobody else. */
  readonly saltKey: Buffer;
}

export function scramAccounts(mechanism: ScramMechanism, { metadata, tokens, saltKey }: Parts): ScramAccounts {
  const nobody = (name: string, iterations: number): ScramAccount => ({
    keys: {
      salt: imitatedSalt(saltKey, `${mechanism.name}/${name}`),
      iterations,
      storedKey: Buffer.alloc(mechanism.bytes),
      serverKey: Buffer.alloc(mechanism.bytes),
    },
    login: undefined,
  });
  return {
    user(name) {
      // Whether there is such a user or not, as much is done.
      const stranger = nobody(name, usualIterations(mechanism, metadata));
      const keys = metadata.scramCredentials.get(name)?.get(mechanism.type);
      return keys === undefined ? stranger : { keys, login: { authorizationId: name } };
    },
    async token(id) {
      const token = tokens.get(id);
      const keys: ScramKeys | undefined = token && (await tokens.scramKeys(id, mechanism));
      if (token === undefined || keys === undefined) return nobody(id, mechanism.minIterations);
      const authorizationId = token.owner.slice(token.owner.indexOf(':') + 1);
      return { keys, login: { authorizationId, expiresMs: token.expirationTimestamp, tokenAuthenticated: true } };
    },
  };
}

const USERS_LOOKED_AT = 100;

/** How many iterations most users' credentials have: a name that is not there must not stand out. */
function usualIterations({ type, minIterations }: ScramMechanism, metadata: Parts['metadata']): number {
  const counts = new Map<number, number>();
  let seen = 0;
  for (const credentials of metadata.scramCredentials.values()) {
    if (seen++ === USERS_LOOKED_AT) break;
    const iterations = credentials.get(type)?.iterations;
    if (iterations !== undefined) counts.set(iterations, (counts.get(iterations) ?? 0) + 1);
  }
  let usual = minIterations;
  for (const [iterations, count] of counts) if (count > (counts.get(usual) ?? 0)) usual = iterations;
  return usual;
}
