/** A typed value: numbers for INT, SHORT, LONG and DOUBLE; null = unset. */
export type ConfigValue = boolean | number | string | readonly string[] | null;

/** A value and its text as DescribeConfigs shows it (a LONG beyond 2^53 is exact only in the text). */
export interface ParsedValue {
  readonly value: ConfigValue;
  readonly text: string | null;
}
