// Requests about many things of which some may not be touched.
import type { Access } from './access.ts';

export interface Parts<T> {
  readonly allowed: readonly T[];
  readonly refused: readonly T[];
}

/**
 * The items on which an operation is allowed, and the others.
 * @param nameOf undefined for an item that no permission is needed for, because its handler refuses it anyway
 */
export function partition<T>(
  access: Access,
  [operation, type]: readonly [operation: number, type: number],
  items: readonly T[],
  nameOf: (item: T) => string | undefined,
): Parts<T> {
  const names = items.map(nameOf);
  const named = names.filter((name) => name !== undefined);
  const allowed = access.allowed(operation, type, named);
  const isAllowed = (_item: T, at: number) => names[at] === undefined || allowed.has(names[at]);
  return { allowed: items.filter(isAllowed), refused: items.filter((item, at) => !isAllowed(item, at)) };
}

/** Answers in the order of what they are about. */
export function inOrder<T, A>(
  items: readonly T[],
  refused: readonly T[],
  answers: { readonly served: readonly A[]; readonly refused: readonly A[] },
): A[] {
  const isRefused = new Set(refused);
  const [served, others] = [answers.served.values(), answers.refused.values()];
  return items.flatMap((item) => (isRefused.has(item) ? others : served).next().value ?? []);
}

/** Items whose name is there more than once are refused by their handlers, and by it alone. */
export function onceNamed<T>(items: readonly T[], nameOf: (item: T) => string): (item: T) => string | undefined {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(nameOf(item), (counts.get(nameOf(item)) ?? 0) + 1);
  return (item) => (counts.get(nameOf(item)) === 1 ? nameOf(item) : undefined);
}
