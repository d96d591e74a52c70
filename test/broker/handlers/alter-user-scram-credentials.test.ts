// The keys that are kept are those of RFC 7677's example: user "user", password "pencil".
import { pbkdf2Sync } from 'node:crypto';
import { expect, it } from 'vitest';
import { AlterUserScramCredentials } from '../../../src/protocol/messages/alter-user-scram-credentials.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';

it('keeps the keys that follow from the salted password', async () => {
  const broker = await startTestBroker();
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
  const saltedPassword = pbkdf2Sync('pencil', salt, 4096, 32, 'sha256');
  const upsertions = [{ name: 'user', mechanism: 1, iterations: 4096, salt, saltedPassword }];
  await (await connect(broker)).request(AlterUserScramCredentials, 0, { upsertions, deletions: [] });
  const credential = broker.services.metadata.scramCredentials.get('user')?.get(1);
  expect(credential?.storedKey.toString('base64')).toBe('WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=');
  expect(credential?.serverKey.toString('base64')).toBe('wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=');
});
