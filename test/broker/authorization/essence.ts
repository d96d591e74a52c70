// Of an answer, what permissions decide.
import { errorInfo } from '../../../src/protocol/errors.ts';

export function replaceStrings(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((item) => replaceStrings(item, replace));
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceStrings(item, replace)]));
}

/** Errors, operations, and what they are about. */
const TELLING =
  /(errorCode|errorMessage|name|operations|statusDetail|isInternal|topicId|transactionalId|groupId|index|topics?|key)$/i;
/** These differ from broker to broker. */
const NOT_TELLING =
  /^(stateBatches|acquiredRecords|abortedTransactions|listeners|currentLeader|divergingEpoch|snapshotId|clusterId|rack|assignorName|groupInstanceId|protocolName|leader|apiKey|supportedFeatures)$/i;

export function essence(value: unknown): unknown {
  if (Array.isArray(value)) return sorted(value.map(essence).filter((item) => item !== undefined));
  if (value === null || typeof value !== 'object') return value;
  const told = Object.entries(value).flatMap(([key, item]) => {
    if (NOT_TELLING.test(key) || Buffer.isBuffer(item)) return [];
    if (/errorCode$/i.test(key)) return [[key, item === 0 ? 0 : errorInfo(Number(item)).name]];
    if (key === 'topicId') return [[key, isKnownId(String(item)) ? item : '…']];
    if (/errorMessage$/i.test(key)) return [[key, withoutRequest(item as string | null)]];
    const isList = Array.isArray(item) && item.some((each) => typeof each === 'object');
    return isList || (typeof item === 'object' && !Array.isArray(item)) || TELLING.test(key)
      ? [[key, essence(item)]]
      : [];
  });
  return Object.fromEntries(told);
}

/** A topic that is created for a trial has an id of its own each time. */
const isKnownId = (id: string): boolean => id.startsWith('@') || id.startsWith('AAAA') || id.startsWith('abcd');

/** Brokers say in their own ways which request it was. */
function withoutRequest(text: string | null): string | null {
  return text?.replace(/Request Request\(.*\) needs/, 'Request … needs') ?? text;
}

function sorted(items: readonly unknown[]): unknown[] {
  return items
    .map((item) => [JSON.stringify(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);
}
