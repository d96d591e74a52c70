// Runs the admin steps against a broker and gives the answers in a form in which those of two clusters can be compared.
import net from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { errorInfo } from '../../../src/protocol/errors.ts';
import { decodeResponse, encodeRequest } from '../../../src/protocol/headers.ts';
import type { AdminStep } from './admin-requests.ts';

export interface RecordedStep {
  readonly api: string;
  readonly version: number;
  readonly request: unknown;
  readonly response: unknown;
}

/** Sends one request on a connection of its own and gives the decoded answer; 'closed' if the broker hangs up instead. */
export function exchange({ api, version, body }: AdminStep, host: string, port: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, host);
    let received = Buffer.alloc(0);
    socket.on('error', reject);
    socket.on('close', () => resolve('closed'));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4 || received.length < 4 + received.readInt32BE(0)) return;
      resolve(decodeResponse(api, version, received.subarray(4)).body);
      socket.destroy();
    });
    const header = { correlationId: 1, clientId: 'admin-session' };
    for (const part of encodeRequest(api, version, header, body as never)) socket.write(part);
  });
}

/** Of the batches that steps send; what is later is the broker's own time. */
const BATCH_TIME_MS = 1_700_000_000_000;
const LISTS_WITHOUT_ORDER = new Set([
  'topics',
  'responses',
  'results',
  'configResources',
  'credentialInfos',
  'entries',
  'supportedFeatures',
  'finalizedFeatures',
]);

/**
 * Runs the steps in order. Topic ids become `@NAME`, ports and cluster ids the same everywhere, error codes names.
 * @param ids topic ids by name, learned from answers before and here
 * @param pauseMs after each step: in Kafka changes take a moment to reach the broker's picture of the cluster
 */
export async function runAdminSession(
  steps: readonly AdminStep[],
  host: string,
  port: number,
  pauseMs = 0,
  ids = new Map<string, string>(),
): Promise<RecordedStep[]> {
  const recorded: RecordedStep[] = [];
  for (const step of steps) {
    const body = replaceStrings(step.body, (text) => (text.startsWith('@') ? (ids.get(text.slice(1)) ?? text) : text));
    const answer = await exchange({ ...step, body: body as object }, host, port);
    learnIds(answer, ids);
    if (pauseMs > 0) await setTimeout(pauseMs);
    const names = new Map([...ids].map(([name, id]) => [id, `@${name}`]));
    const response = replaceStrings(answer, (text) => names.get(text) ?? text);
    recorded.push({
      api: step.api.name,
      version: step.version,
      request: step.body,
      response: comparable(response, port),
    });
  }
  return JSON.parse(JSON.stringify(recorded)) as RecordedStep[];
}

function learnIds(value: unknown, ids: Map<string, string>): void {
  if (Array.isArray(value)) for (const item of value) learnIds(item, ids);
  else if (value !== null && typeof value === 'object') {
    const { name, topicId } = value as { name?: unknown; topicId?: unknown };
    if (typeof name === 'string' && name !== '' && typeof topicId === 'string' && !topicId.startsWith('AAAAAAAAAA'))
      ids.set(name, topicId);
    for (const item of Object.values(value)) learnIds(item, ids);
  }
}

function replaceStrings(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((item) => replaceStrings(item, replace));
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceStrings(item, replace)]));
}

function comparable(value: unknown, port: number): unknown {
  if (Array.isArray(value)) return value.map((item) => comparable(item, port));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key === 'port' && item === port) return [key, 9092];
      if (key === 'finalizedFeaturesEpoch') return [key, '…'];
      if (key === 'logAppendTimeMs' && Number(item) > BATCH_TIME_MS) return [key, '…'];
      if (key === 'clusterId' && item !== null) return [key, 'CLUSTER'];
      if (/errorCode$/i.test(key)) return [key, item === 0 ? 0 : errorInfo(Number(item)).name];
      if (key === 'errorMessage' && item) return [key, String(item).replace(/(the cluster id )"[^"]+"/, '$1"CLUSTER"')];
      if (key === 'batchIndexErrorMessage' && item)
        return [key, String(item).replace(/within \[\d+, \d+\]/, 'within […]')];
      // ktool's documentation is its own.
      if (key === 'documentation' && item) return [key, '…'];
      const plain = comparable(item, port);
      return [key, LISTS_WITHOUT_ORDER.has(key) && Array.isArray(plain) ? sorted(plain) : plain];
    }),
  );
}

function sorted(items: unknown[]): unknown[] {
  return items
    .map((item) => [JSON.stringify(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);
}
