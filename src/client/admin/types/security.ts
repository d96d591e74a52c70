// Quotas and SCRAM users.
import type { KafkaError } from '../../../protocol/errors.ts';

/** `name` null is the default entity of its type. */
export interface QuotaEntity {
  readonly type: string;
  readonly name: string | null;
}

export interface QuotaFilter {
  readonly type: string;
  /** A name, null for the default entity, undefined for any. */
  readonly match: string | null | undefined;
}

export interface QuotaEntry {
  readonly entity: readonly QuotaEntity[];
  /** In the broker's order. */
  readonly values: ReadonlyMap<string, number>;
}

export interface QuotaAlteration {
  readonly entity: readonly QuotaEntity[];
  /** A null value removes the quota. Brokers refuse what names a quota twice. */
  readonly ops: Iterable<readonly [key: string, value: number | null]>;
}

export interface QuotaOutcome {
  readonly entity: readonly QuotaEntity[];
  readonly error?: KafkaError;
}

export type ScramMechanism = 'SCRAM-SHA-256' | 'SCRAM-SHA-512';

export interface ScramUser {
  readonly user: string;
  readonly credentials: readonly { readonly mechanism: ScramMechanism; readonly iterations: number }[];
  readonly error?: KafkaError;
}

export interface ScramUpsertion {
  readonly user: string;
  readonly mechanism: ScramMechanism;
  /** Default 4096. */
  readonly iterations?: number;
  readonly password: string;
}

export interface ScramDeletion {
  readonly user: string;
  readonly mechanism: ScramMechanism;
}
