// How tables of items are written: typed by the API whose request they read and whose response they begin.
import type { ApiName, ApisByName } from '../../../protocol/messages/index.ts';
import type { RequestOf, ResponseInput } from '../../../protocol/schema.ts';

/** An answer without its errors, at any depth. */
export type Items = Readonly<Record<string, unknown>>;

type WithoutErrors<T> = T extends Buffer
  ? T
  : T extends readonly (infer E)[]
    ? readonly WithoutErrors<E>[]
    : T extends object
      ? { readonly [K in keyof T]?: WithoutErrors<T[K]> }
      : T;

/** What the answer to a request is about, and all that is not zero in it. */
export type ItemsOf<N extends ApiName> = (
  request: RequestOf<ApisByName[N]>,
  version: number,
  errorCode: number,
) => WithoutErrors<ResponseInput<ApisByName[N]>>;

export type ItemTable = { readonly [N in ApiName]?: ItemsOf<N> };
