const LONG = '\u0000long:';

/** A value as Jackson writes it: control characters with capital digits, a bigint as a number. */
export const jacksonText = (json: unknown): string =>
  JSON.stringify(json, (_, value) => (typeof value === 'bigint' ? `${LONG}${value}` : value))
    .replace(/"\\u0000long:(-?\d+)"/g, '$1')
    .replace(/\\+u00[0-9a-f]{2}/g, (word) =>
      word.length % 2 === 0 ? `${word.slice(0, -4)}${word.slice(-4).toUpperCase()}` : word,
    );
