import type { Admin } from '../../client/admin.ts';
import type { Report } from '../report.ts';
import { trying } from './refused.ts';

/** `transactions forceTerminateTransaction`: prints nothing. Data: { transactionalId, terminated }. */
export async function terminateTransaction(
  admin: Pick<Admin, 'terminateTransaction'>,
  transactionalId: string,
): Promise<Report> {
  const failure = `Failed to force terminate transactionalId \`${transactionalId}\``;
  await trying(failure, admin.terminateTransaction(transactionalId));
  return { data: { transactionalId, terminated: true }, text: '' };
}
