// Kafka's errors as the program handles them: by name, by number, and as something to throw.
import { type ErrorRow, errorTable } from './error-table.ts';

export type ErrorName = keyof typeof errorTable | 'NONE';

/** Error numbers by name; NONE is 0. */
export const ErrorCode = {
  NONE: 0,
  ...(Object.fromEntries(Object.entries(errorTable).map(([name, [code]]) => [name, code])) as {
    [K in keyof typeof errorTable]: number;
  }),
} as const;

export interface ErrorInfo {
  readonly code: number;
  readonly name: ErrorName;
  /** Simple or, outside Kafka's error package, full class name of the exception that Kafka's clients throw. */
  readonly exceptionClass: string;
  readonly retriable: boolean;
  /** The client's view of the cluster is stale: refresh the metadata before trying again. */
  readonly invalidMetadata: boolean;
  readonly text: string;
}

const byCode = new Map<number, ErrorInfo>(
  Object.entries(errorTable as Record<string, ErrorRow>).map(([name, [code, exception, retry, text]]) => [
    code,
    {
      code,
      name: name as ErrorName,
      exceptionClass: exception.includes('.') ? exception : `org.apache.kafka.common.errors.${exception}`,
      retriable: retry !== 'no',
      invalidMetadata: retry === 'metadata',
      text,
    },
  ]),
);

/** What is known of an error number; a number of a later Kafka reads as UNKNOWN_SERVER_ERROR, as in Kafka's clients. */
export function errorInfo(code: number): ErrorInfo {
  return byCode.get(code) ?? byCode.get(-1)!;
}

/** An error that travels in responses. Without a message of its own it has Kafka's text for its number. */
export class KafkaError extends Error {
  override name = 'KafkaError';
  readonly info: ErrorInfo;

  constructor(code: number, message?: string | null) {
    super(message ?? errorInfo(code).text);
    this.info = errorInfo(code);
  }

  get code(): number {
    return this.info.code;
  }

  get retriable(): boolean {
    return this.info.retriable;
  }

  /** As Java's Throwable.toString prints it: `class: message`. */
  override toString(): string {
    return `${this.info.exceptionClass}: ${this.message}`;
  }
}
