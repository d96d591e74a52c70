/** What a number counts: shown to a person as 1.5 MiB, 7 d, 1,234,567, and milliseconds since 1970 as a local time. */
export type Unit = 'bytes' | 'ms' | 'count' | 'time';

/** One table for a terminal; cells are printed as they are, numbers to the right. */
export interface Table {
  readonly title?: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** The units of the columns' numbers, by column; undefined for what is a name or an id. */
  readonly units?: readonly (Unit | undefined)[];
  /** The order of the rows says nothing (Kafka's is that of a hash map, or of the brokers): a person gets them sorted. */
  readonly unordered?: boolean;
}

/** One table for each of several things in no order: a person gets them by name. */
export const byTitle = (tables: readonly Table[]): Table[] =>
  tables.toSorted(({ title: a = '' }, { title: b = '' }) => (a < b ? -1 : Number(a > b)));

/** What an action of a script found or did. The command line decides which of its forms goes to standard output. */
export interface Report {
  /** The document that --json prints. */
  readonly data: unknown;
  /** The entry of cli/documents that says what `data` looks like, where the options do not: `configs --describe users, clients, ips`. */
  readonly document?: string;
  /** What Kafka's script prints on standard output, to the byte. */
  readonly text: string;
  /** The same for a person at a terminal; `text` is good enough for them when there is none. */
  readonly table?: Table | readonly Table[];
  /** Lines for standard error. */
  readonly warnings?: readonly string[];
  /** What is looked at has come to its end: --watch need not look again. */
  readonly finished?: boolean;
  /** Something that was asked for was not done: exit status 1, except under Kafka's rules when kafkaExit says otherwise. */
  readonly failed?: boolean;
  /** The exit status of Kafka's script where it is not that of `failed`: some end with 0 after a failure. */
  readonly kafkaExit?: number;
}
