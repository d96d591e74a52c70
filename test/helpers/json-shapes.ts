// The shapes in the README, and whether a document has one.
import { readFileSync } from 'node:fs';

export type Shape = string | readonly Shape[] | { readonly [name: string]: Shape };

/** The documented commands with their shapes. */
export function documentedShapes(): Map<string, Shape> {
  const text = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  return new Map(
    [...text.matchAll(/^\| `([^`]+)` \| `([^`]+)` \|$/gm)].map(([, command, shape]) => [command!, parse(shape!)]),
  );
}

/** Names and kinds become JSON strings; a list or null is written `[…]|null`. */
function parse(notation: string): Shape {
  const json = notation
    .replaceAll('\\|', '|')
    .replaceAll(']|null', ', orNull]')
    .replace(/[A-Za-z_*][\w?|*]*/g, (word) => `"${word}"`);
  return JSON.parse(json) as Shape;
}

/** Where a document does not have a shape; undefined where it does. */
export function misfit(value: unknown, shape: Shape, path = '$'): string | undefined {
  if (typeof shape === 'string') {
    const kind = value === null ? 'null' : typeof value;
    return shape.split('|').includes(kind) ? undefined : `${path} is ${kind}, not ${shape}`;
  }
  if (Array.isArray(shape)) {
    if (value === null && shape[1] === 'orNull') return undefined;
    if (!Array.isArray(value)) return `${path} is no list`;
    return first(value.map((each, i) => () => misfit(each, shape[0]!, `${path}[${i}]`)));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${path} is no object`;
  const fields = shape as { readonly [name: string]: Shape };
  const anyName = fields['*'];
  const known = new Set(Object.keys(fields).map((name) => name.replace('?', '')));
  const unknown = Object.keys(value).find((name) => anyName === undefined && !known.has(name));
  if (unknown !== undefined) return `${path}.${unknown} is not documented`;
  if (anyName !== undefined)
    return first(
      Object.entries(value).map(
        ([name, each]) =>
          () =>
            misfit(each, anyName, `${path}.${name}`),
      ),
    );
  return first(
    Object.entries(fields).map(([name, each]) => () => {
      const plain = name.replace('?', '');
      if (Object.hasOwn(value, plain))
        return misfit((value as Record<string, unknown>)[plain], each, `${path}.${plain}`);
      return name.endsWith('?') ? undefined : `${path}.${plain} is missing`;
    }),
  );
}

function first(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const found = check();
    if (found !== undefined) return found;
  }
  return undefined;
}
