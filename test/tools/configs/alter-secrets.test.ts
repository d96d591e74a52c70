// What an alteration reports (--json) repeats no secret.
import { expect, test } from 'vitest';
import { createAdmin } from '../../../src/client/admin.ts';
import { alterConfigs } from '../../../src/tools/configs/alter.ts';
import { startTestBroker } from '../../helpers/broker.ts';

test.each([
  ['users', 'alice', 'SCRAM-SHA-256', 'iterations=4096,password=hush-hush'],
  ['brokers', '1', 'listener.name.x.plain.sasl.jaas.config', 'a.B required user_a="hush-hush";'],
  ['brokers', '1', 'listener.name.x.ssl.keystore.password', 'hush-hush'],
  ['brokers', '1', 'listener.name.x.ssl.key.password', 'hush-hush'],
])('%s %s: %s', async (type, name, key, value) => {
  const broker = await startTestBroker();
  const admin = await createAdmin({ 'bootstrap.servers': broker.address });
  try {
    const changes = { add: new Map([[key, value]]), remove: [] };
    const report = await alterConfigs(admin, [{ type, name } as never], changes);
    expect(report.data).toMatchObject({ added: { [key]: null } });
    expect(JSON.stringify(report)).not.toContain('hush-hush');
  } finally {
    await admin.close();
  }
});
