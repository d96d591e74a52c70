// A record as decoders see it, and what they make of it.

export interface Contents {
  readonly key: string | undefined;
  readonly payload: string | undefined;
}

/** Part of a record that a decoder sees. Of a damaged one, `key` and `value` may throw a JavaException. */
export interface DecodableRecord {
  readonly offset: number;
  readonly hasKey: boolean;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}
