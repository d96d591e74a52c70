import { expect, test } from 'vitest';
import { ClientSetupError, withAdmin } from '../../src/cli/with-admin.ts';

class FakeAdmin {
  closed = 0;
  async close(): Promise<void> {
    this.closed++;
  }
}

test('the client is closed after use, and after a failure', async () => {
  const admin = new FakeAdmin();
  expect(
    await withAdmin(
      async () => admin,
      async () => 7,
    ),
  ).toBe(7);
  const failing = withAdmin(
    async () => admin,
    async () => {
      throw new Error('gone');
    },
  );
  await expect(failing).rejects.toThrow('gone');
  expect(admin.closed).toBe(2);
});

test('a client that cannot be made is told apart, with the same message', async () => {
  const open = async (): Promise<FakeAdmin> => {
    throw new Error('Failed to create new KafkaAdminClient');
  };
  const attempt = withAdmin(open, async () => 0);
  await expect(attempt).rejects.toBeInstanceOf(ClientSetupError);
  await expect(attempt).rejects.toThrow('Failed to create new KafkaAdminClient');
});
