// What the answer of a failed request is about. An API that is not in a table answers with an error of its own alone.
import type { ApiName } from '../../../protocol/messages/index.ts';
import { adminItems } from './admin.ts';
import { dataItems } from './data.ts';
import { groupItems } from './groups.ts';
import type { Items } from './items.ts';

export type { Items } from './items.ts';

const table = { ...dataItems, ...groupItems, ...adminItems } as Readonly<
  Record<string, ((request: unknown, version: number, errorCode: number) => Items) | undefined>
>;

/** @param apiName the API whose decoded request `request` is */
export function errorItems(apiName: ApiName | string, request: unknown, version: number, errorCode: number): Items {
  return table[apiName]?.(request, version, errorCode) ?? {};
}
