import type { ParsedValue } from './parsed-value.ts';

/** What a value must be, beyond its type: Kafka's ConfigDef.Validator. */
export interface Validator {
  /** Kafka's own short form, as in its generated documentation: `[1,...]`, `[compact, delete]`. */
  readonly text: string;
  /** Whether repeated items of a list are dropped before the check. */
  readonly distinct?: boolean;
  /** Kafka's ConfigException message if the value is refused. Unset values (null) pass where Kafka lets them. */
  check(name: string, parsed: ParsedValue): string | undefined;
}

/** Kafka's ConfigException text for a value that a key does not take. */
export function invalidValue(name: string, value: string, reason: string): string {
  return `Invalid value ${value} for configuration ${name}: ${reason}`;
}

/** A check of set values only. */
function validator(
  text: string,
  reasonAgainst: (value: ParsedValue & { text: string }) => string | undefined,
): Validator {
  return {
    text,
    check(name, { value, text: given }) {
      if (given === null) return undefined;
      const reason = reasonAgainst({ value, text: given });
      return reason === undefined ? undefined : invalidValue(name, given, reason);
    },
  };
}

/** ConfigDef.Range.atLeast */
export function atLeast(min: number): Validator {
  return validator(`[${min},...]`, ({ value }) => (Number(value) < min ? `Value must be at least ${min}` : undefined));
}

/** ConfigDef.Range.between */
export function between(min: number, max: number): Validator {
  return validator(`[${min},...,${max}]`, ({ value }) => {
    if (Number(value) < min) return `Value must be at least ${min}`;
    return Number(value) > max ? `Value must be no more than ${max}` : undefined;
  });
}

/** CompressionType.GZIP.levelValidator: a level or -1, the codec's default. */
export const gzipLevel = validator('[1,...,9] or -1', ({ value }) => {
  const level = Number(value);
  return level === -1 || (level >= 1 && level <= 9) ? undefined : 'Value must be between 1 and 9 or equal to -1';
});

/** ConfigDef.ValidString.in */
export function oneOf(...allowed: string[]): Validator {
  return validator(`[${allowed.join(', ')}]`, ({ text }) =>
    allowed.includes(text) ? undefined : `String must be one of: ${allowed.join(', ')}`,
  );
}

/** ConfigDef.CaseInsensitiveValidString.in */
export function oneOfIgnoringCase(...allowed: string[]): Validator {
  return validator(`(case insensitive) [${allowed.join(', ')}]`, ({ text }) =>
    allowed.includes(text.toUpperCase())
      ? undefined
      : `String must be one of (case insensitive): ${allowed.join(', ')}`,
  );
}

/** ConfigDef.NonEmptyString */
export const nonEmptyString = validator('non-empty string', ({ text }) =>
  text === '' ? 'String must be non-empty' : undefined,
);

/** ConfigDef.NonNullValidator: null can not be written in a properties file, so nothing is refused. */
export const nonNullString = validator('non-null string', () => undefined);

/** ConfigDef.ValidList: no item twice (the second is dropped), none empty; `of` limits them, `notEmpty` wants at least one. */
export function listOf(of: readonly string[], options: { notEmpty?: boolean; orNull?: boolean } = {}): Validator {
  const allowed = of.length > 0 ? `[${of.join(', ')}]` : '';
  const rules = `${options.notEmpty ? ', not empty' : ''}${options.orNull ? ', or null' : ''}`;
  return {
    text: `${allowed} list${rules}`,
    distinct: true,
    check(name, { value }) {
      if (!Array.isArray(value)) return undefined;
      if (value.length === 0 && options.notEmpty)
        return `Configuration '${name}' must not be empty. Valid values include: ${allowed || 'any non-empty value'}`;
      for (const item of value) {
        if (item === '') return `Configuration '${name}' values must not be empty.`;
        if (of.length > 0 && !of.includes(item))
          return invalidValue(name, item, `String must be one of: ${of.join(', ')}`);
      }
      return undefined;
    },
  };
}

/** QuorumConfig's validators of the controllers' addresses, with ids before them or without. */
export function addresses(form: '{id}@{host}:{port}' | '{host}:{port}'): Validator {
  const withIds = form.startsWith('{id}');
  const advice = `Each entry should be in the form \`${form}\`.`;
  const problem = (name: string, entry: string): string | undefined => {
    const parts = entry.split('@');
    if (withIds && parts.length !== 2) return `Invalid configuration value for ${name}. ${advice}`;
    if (withIds && !/^[+-]?\d+$/.test(parts[0]!)) return `Failed to parse voter ID as an integer from ${parts[0]}`;
    if (/^.*?\[?[0-9a-zA-Z\-%._:]*\]?:\d+/.test(parts.at(-1)!)) return undefined;
    return withIds
      ? `Failed to parse host name from entry ${entry} for the configuration ${name}. ${advice}`
      : `Failed to parse host name from ${entry} for the configuration ${name}. Each entry should be in the form "${form}"`;
  };
  return {
    text: 'non-empty list',
    check(name, { value }) {
      if (!Array.isArray(value)) return undefined;
      return value.map((entry) => problem(name, entry)).find((found) => found !== undefined);
    },
  };
}

const REPLICAS = '[partitionId]:[brokerId],[partitionId]:[brokerId],...';

/** ThrottledReplicaListValidator */
export const throttledReplicas: Validator = {
  text: REPLICAS,
  check(name, { value }) {
    if (!Array.isArray(value)) return undefined;
    const items = value.filter((item) => item !== '');
    if (items.join() === '*' || items.every((item) => /^\d+:\d+$/.test(item))) return undefined;
    const reason = `${name} must be the literal '*' or a list of replicas in the following format: ${REPLICAS}`;
    return invalidValue(name, `[${value.join(', ')}]`, reason);
  },
};

const DURATION = /^by_duration:P(?!$)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/i;

/** ShareGroupAutoOffsetResetStrategy.Validator; durations must not be negative (java.time.Duration's ISO form). */
export const shareOffsetReset: Validator = {
  text: '[latest, earliest, by_duration:PnDTnHnMn.nS]',
  check(name, { text }) {
    if (text === null || text === 'latest' || text === 'earliest' || DURATION.test(text)) return undefined;
    const inner = `Invalid value \`${text}\` for configuration ${name}. The value must be either 'earliest', 'latest' or of the format 'by_duration:<PnDTnHnMn.nS>'.`;
    return invalidValue(name, text, inner);
  },
};
