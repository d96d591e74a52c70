// Whether a document has the shape that is written of it, and how much of the shape documents have shown.
import type { Answer } from '../../src/cli/documents/document.ts';
import { parseShape, type Shape } from '../../src/cli/documents/shape.ts';

/** The shapes of an answer: one, or those of its lines. */
export function shapesOf(answer: Answer): Shape[] {
  if (typeof answer === 'string') return [parseShape(answer)];
  return 'lines' in answer ? answer.lines.map(parseShape) : [];
}

/** Where a document does not have a shape; undefined where it does. What it shows is added to `seen`, by path. */
export function misfit(value: unknown, shape: Shape, seen: Set<string> = new Set(), path = '$'): string | undefined {
  const kind = value === null ? 'null' : typeof value;
  if (shape.kinds.includes(kind) || shape.kinds.includes(`'${value}'`)) {
    if (value !== null) seen.add(path);
    return undefined;
  }
  if (Array.isArray(value)) {
    const { list } = shape;
    if (list === undefined) return `${path} is a list`;
    return first(value, (each) => misfit(each, list, seen, `${path}[]`));
  }
  if (kind !== 'object') return `${path} is ${kind} ${JSON.stringify(value)}`;
  const { fields, values } = shape;
  const object = value as Record<string, unknown>;
  if (values) return first(Object.values(object), (each) => misfit(each, values, seen, `${path}.*`));
  if (!fields) return `${path} is an object`;
  const unknown = Object.keys(object).find((name) => !fields.some((field) => field.name === name));
  if (unknown !== undefined) return `${path}.${unknown} is not documented`;
  return first(fields, ({ name, optional, shape: inner }) => {
    if (Object.hasOwn(object, name)) return misfit(object[name], inner, seen, `${path}.${name}`);
    return optional ? undefined : `${path}.${name} is missing`;
  });
}

/** The paths of all plain values that a shape has. */
export function pathsOf(shape: Shape, path = '$'): string[] {
  const plain = shape.kinds.some((kind) => kind !== 'null') ? [path] : [];
  return [
    ...plain,
    ...(shape.list ? pathsOf(shape.list, `${path}[]`) : []),
    ...(shape.values ? pathsOf(shape.values, `${path}.*`) : []),
    ...(shape.fields ?? []).flatMap(({ name, shape: inner }) => pathsOf(inner, `${path}.${name}`)),
  ];
}

function first<T>(items: readonly T[], check: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = check(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
