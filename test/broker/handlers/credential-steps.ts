// The part of the recorded cluster session about SCRAM credentials, see cluster-steps.ts.
import { AlterUserScramCredentials } from '../../../src/protocol/messages/alter-user-scram-credentials.ts';
import { DescribeUserScramCredentials } from '../../../src/protocol/messages/describe-user-scram-credentials.ts';
import { type AdminStep, step } from './admin-requests.ts';

const SHA_256 = 1;
const SHA_512 = 2;
const upsert = (name: string, mechanism = SHA_256, iterations = 4096) => ({
  name,
  mechanism,
  iterations,
  salt: Buffer.from('salt'),
  saltedPassword: Buffer.alloc(32, 7),
});
const alterScram = (
  upsertions: ReturnType<typeof upsert>[],
  deletions: { name: string; mechanism: number }[] = [],
): AdminStep => step(AlterUserScramCredentials, 0, { upsertions, deletions });
const scram = (...users: string[]) =>
  step(DescribeUserScramCredentials, 0, { users: users.length === 0 ? null : users.map((name) => ({ name })) });

export const CREDENTIAL_STEPS: readonly AdminStep[] = [
  scram(),
  scram('nobody'),
  scram('', 'nobody', 'nobody'),
  alterScram([]),
  alterScram([upsert('alice')]),
  alterScram([upsert('alice', SHA_512, 8192), upsert('bob', SHA_512, 16384)]),
  alterScram([upsert('carol', SHA_256, 4095)]),
  alterScram([upsert('carol', SHA_256, 16385)]),
  alterScram([upsert('carol', 0)]),
  alterScram([upsert('carol', 3)]),
  alterScram([upsert('')]),
  alterScram([upsert('carol'), upsert('carol', SHA_512)]),
  alterScram([upsert('alice')], [{ name: 'alice', mechanism: SHA_512 }]),
  alterScram(
    [],
    [
      { name: 'alice', mechanism: SHA_256 },
      { name: 'alice', mechanism: SHA_512 },
    ],
  ),
  alterScram([], [{ name: 'nobody', mechanism: SHA_256 }]),
  alterScram([], [{ name: 'bob', mechanism: SHA_256 }]),
  alterScram([], [{ name: 'bob', mechanism: 9 }]),
  alterScram([], [{ name: '', mechanism: SHA_256 }]),
  scram('alice', 'bob', 'alice', 'nobody'),
  scram('alice'),
  alterScram([upsert('bob', SHA_512, 5000)], [{ name: 'alice', mechanism: SHA_256 }]),
  scram('alice', 'bob'),
  alterScram([], [{ name: 'alice', mechanism: SHA_512 }]),
  scram(),
];
