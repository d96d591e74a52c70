// What kafka-delegation-tokens.sh does (org.apache.kafka.tools.DelegationTokenCommand).
import type { Admin, DelegationTokenInfo } from '../../client/admin.ts';
import { javaDateFormat } from '../../util/java-date-format.ts';
import { javaBase64 } from '../java-base64.ts';
import { JavaException } from '../java-exception.ts';
import type { Report } from '../report.ts';
import { wrapping } from '../wrapped-error.ts';

const minute = javaDateFormat("yyyy-MM-dd'T'HH:mm");
const HEADINGS = ['TOKENID', 'HMAC', 'OWNER', 'REQUESTER', 'RENEWERS', 'ISSUEDATE', 'EXPIRYDATE', 'MAXDATE'];
const WIDTHS = [15, 30, 15, 15, 25, 15, 15, 15];

/** `--create`. Data: the token, its HMAC in base64. */
export async function createToken(
  admin: Pick<Admin, 'createDelegationToken'>,
  token: { readonly owner?: string; readonly renewers: readonly string[]; readonly maxLifetimeMs: number },
): Promise<Report> {
  const created = await wrapping(admin.createDelegationToken(token));
  const text = `Created delegation token with tokenId : ${created.tokenId}\n${lines([created])}`;
  return { data: dataOf(created), text, table: tableOf([created]) };
}

/** `--describe`. Data: [token]. */
export async function describeTokens(
  admin: Pick<Admin, 'describeDelegationTokens'>,
  owners: readonly string[],
): Promise<Report> {
  const tokens = await wrapping(admin.describeDelegationTokens(owners));
  const text = `Total number of tokens : ${tokens.length}${lines(tokens)}`;
  return { data: tokens.map(dataOf), text, table: tableOf(tokens) };
}

/** `--renew`. Data: { expiryTimestamp }. */
export async function renewToken(
  admin: Pick<Admin, 'renewDelegationToken'>,
  hmac: string | undefined,
  periodMs: number,
): Promise<Report> {
  return newExpiry('renew', await wrapping(admin.renewDelegationToken(decoded(hmac), periodMs)));
}

/** `--expire`. Data: { expiryTimestamp }. */
export async function expireToken(
  admin: Pick<Admin, 'expireDelegationToken'>,
  hmac: string | undefined,
  periodMs: number,
): Promise<Report> {
  return newExpiry('expire', await wrapping(admin.expireDelegationToken(decoded(hmac), periodMs)));
}

function newExpiry(operation: string, expiryTimestamp: number): Report {
  const text = `Completed ${operation} operation. New expiry date : ${minute(expiryTimestamp)}`;
  return { data: { expiryTimestamp }, text };
}

/** @throws JavaException as Kafka's script for none, and for what is no base64 */
function decoded(hmac: string | undefined): Buffer {
  if (hmac !== undefined) return javaBase64(hmac);
  const message = 'Cannot invoke "String.getBytes(java.nio.charset.Charset)" because "src" is null';
  throw new JavaException('java.lang.NullPointerException', message);
}

function cells(token: DelegationTokenInfo): string[] {
  const { tokenId, hmac, owner, requester, renewers, issueTimestamp, expiryTimestamp, maxTimestamp } = token;
  const times = [issueTimestamp, expiryTimestamp, maxTimestamp].map(minute);
  return [tokenId, hmac.toString('base64'), owner, requester, `[${renewers.join(', ')}]`, ...times];
}

function lines(tokens: readonly DelegationTokenInfo[]): string {
  const rows = [HEADINGS, ...tokens.map(cells)];
  return rows.map((row) => `\n${row.map((cell, i) => cell.padEnd(WIDTHS[i]!)).join(' ')}\n`).join('');
}

function tableOf(tokens: readonly DelegationTokenInfo[]) {
  const columns = ['Token', 'HMAC', 'Owner', 'Requester', 'Renewers', 'Issued', 'Expires', 'Latest'];
  return { columns, rows: tokens.map(cells) };
}

function dataOf({ hmac, ...token }: DelegationTokenInfo): object {
  return { ...token, hmac: hmac.toString('base64') };
}
