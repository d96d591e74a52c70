// The quotas that there are, what their values may be (QuotaConfig), and who may have them.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { QuotaEntity } from '../metadata/image.ts';

type QuotaType = 'LONG' | 'INT' | 'DOUBLE';

const USER_AND_CLIENT: ReadonlyMap<string, QuotaType> = new Map([
  ['producer_byte_rate', 'LONG'],
  ['consumer_byte_rate', 'LONG'],
  ['request_percentage', 'DOUBLE'],
  ['controller_mutation_rate', 'DOUBLE'],
]);
const IP: ReadonlyMap<string, QuotaType> = new Map([['connection_creation_rate', 'INT']]);

const LARGEST = { LONG: 2 ** 63, INT: 2 ** 31 - 1, DOUBLE: Number.POSITIVE_INFINITY } as const;
/** What a whole number may be away from one (ClientQuotaControlManager). */
const EPSILON = 1e-6;

/** The keys that an entity may have, with the types of their values. */
function quotaKeysOf(entity: QuotaEntity): ReadonlyMap<string, QuotaType> {
  return entity.has('ip') ? IP : USER_AND_CLIENT;
}

/** @throws KafkaError INVALID_REQUEST with Kafka's text */
export function checkQuotaValue(entity: QuotaEntity, key: string, value: number): void {
  const type = quotaKeysOf(entity).get(key);
  if (type === undefined) throw invalid(`Invalid configuration key ${key}`);
  if (value <= 0) throw invalid(`Quota ${key} must be greater than 0`);
  if (type === 'DOUBLE') return;
  if (value > LARGEST[type])
    throw invalid(`Proposed value for ${key} is too large for ${type === 'INT' ? 'an' : 'a'} ${type}.`);
  if (Math.abs(Math.floor(value + EPSILON) - value) > EPSILON) throw invalid(`${key} cannot be a fractional value.`);
}

export function invalid(message: string): KafkaError {
  return new KafkaError(ErrorCode.INVALID_REQUEST, message);
}
