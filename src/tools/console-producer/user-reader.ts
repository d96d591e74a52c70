import type { RecordHeader } from '../../protocol/records/record.ts';
import { bytesFrom, inModule, kindOf, ModuleError, made, type UserModule } from '../user-module.ts';
import type { LineReader, LineRecord } from './line-reader.ts';

/** What a module makes of a line: text and bytes are the value. */
interface UserRecord {
  readonly key?: unknown;
  readonly value?: unknown;
  readonly headers?: Readonly<Record<string, unknown>> | readonly { readonly key: unknown; readonly value: unknown }[];
}

/**
 * A line reader of the user's: `export default ({ properties, topic }) => ({ read(line, lineNumber) { … } })`. A line is a
 * Buffer; the answer is { key, value, headers } of text, bytes or null, text or bytes for a value alone, or undefined to leave
 * the line out. Headers are an object or a list of { key, value }.
 * @throws ModuleError
 */
export function userReader(module: UserModule, properties: ReadonlyMap<string, string>): LineReader {
  const { path } = module;
  const user = made(module, properties, { topic: properties.get('topic') }) as { read?: unknown } | null | undefined;
  const read = user?.read;
  if (typeof read !== 'function')
    throw new ModuleError(path, `is to make an object with a function read(line, lineNumber), not ${kindOf(user)}`);
  return {
    plain: false,
    read(line, lineNumber) {
      try {
        const answer = inModule(path, () => read.call(user, line, lineNumber) as unknown);
        return answer === undefined ? undefined : recordOf(path, answer);
      } catch (error) {
        throw error instanceof ModuleError ? error.at(`line ${lineNumber}`) : error;
      }
    },
  };
}

function recordOf(path: string, answer: unknown): LineRecord {
  if (typeof answer === 'string' || answer instanceof Uint8Array)
    return { key: null, value: bytesFrom(path, 'the value', answer), headers: [] };
  if (typeof answer !== 'object' || answer === null || answer instanceof Promise || Array.isArray(answer))
    throw new ModuleError(
      path,
      `what read(line, lineNumber) answers is to be { key, value, headers }, not ${kindOf(answer)}`,
    );
  const { key, value, headers } = answer as UserRecord;
  const [keyBytes, valueBytes] = [nullOr(path, 'the key', key), nullOr(path, 'the value', value)];
  return { key: keyBytes, value: valueBytes, headers: headersOf(path, headers) };
}

const nullOr = (path: string, name: string, bytes: unknown): Buffer | null =>
  bytes === null || bytes === undefined ? null : bytesFrom(path, name, bytes);

function headersOf(path: string, headers: UserRecord['headers']): RecordHeader[] {
  if (headers === undefined || headers === null) return [];
  const list = Array.isArray(headers) ? headers : Object.entries(headers).map(([key, value]) => ({ key, value }));
  return list.map(({ key, value }) => ({ key: String(key), value: nullOr(path, `the header ${key}`, value) }));
}
