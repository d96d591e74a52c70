import type { Shape } from './shape.ts';

/** A row of a flat table: cells by the names of their columns. */
export type Row = ReadonlyMap<string, unknown>;

/** How documents of one shape become rows. */
export interface Flattening {
  /** All columns that there can be, in order, whatever a document has. */
  readonly columns: readonly string[];
  rows(document: unknown): Row[];
}

/** A list of objects somewhere in an object, with the path to it. */
interface Inner {
  readonly path: string;
  readonly flattening: Flattening;
  /** What a column of the list is called beside the columns around it. */
  readonly nameOf: (column: string) => string;
}

/**
 * Objects within objects are columns with a dot (`coordinator.id`), a list of plain values or an object of any names is one
 * cell. A list of objects gives a row for each with what is around it repeated, one that is empty a row without it. Where a
 * name is taken, or there are several lists, the list's name comes before it: `voters.id`.
 * @param plain the column of a list without names
 */
export function flattening(shape: Shape, plain: string): Flattening {
  const { list, fields } = shape;
  if (list && !fields) {
    const each = flattening(list, plain);
    return { columns: each.columns, rows: (document) => (document as unknown[]).flatMap((one) => each.rows(one)) };
  }
  if (!fields) return { columns: [plain], rows: (document) => [new Map([[plain, document]])] };
  const outer = plainPaths(shape, '');
  const lists = listPaths(shape, '');
  const inner = lists.map(([path, item]): Inner => {
    const isTaken = (column: string) => lists.length > 1 || outer.includes(column);
    const nameOf = (column: string) => (isTaken(column) ? `${path}.${column}` : column);
    return { path, flattening: flattening(item, path), nameOf };
  });
  return {
    columns: [...outer, ...inner.flatMap(({ flattening: { columns }, nameOf }) => columns.map(nameOf))],
    rows(document) {
      const around = new Map(outer.map((path) => [path, at(document, path)]));
      const rows = inner.flatMap(({ path, flattening: each, nameOf }) =>
        ((at(document, path) ?? []) as unknown[]).flatMap((one) =>
          each
            .rows(one)
            .map((row) => new Map([...around, ...[...row].map(([column, cell]) => [nameOf(column), cell] as const)])),
        ),
      );
      return rows.length > 0 ? rows : [around];
    },
  };
}

const isObjects = ({ list }: Shape): boolean => list?.fields !== undefined;

/** What is one cell of an object, by its path. */
function plainPaths({ fields = [] }: Shape, prefix: string): string[] {
  return fields.flatMap(({ name, shape }) => {
    if (shape.fields) return plainPaths(shape, `${prefix}${name}.`);
    return isObjects(shape) ? [] : [`${prefix}${name}`];
  });
}

/** The lists of objects in an object, by their paths. */
function listPaths({ fields = [] }: Shape, prefix: string): [path: string, item: Shape][] {
  return fields.flatMap(({ name, shape }): [string, Shape][] => {
    if (shape.fields) return listPaths(shape, `${prefix}${name}.`);
    return isObjects(shape) ? [[`${prefix}${name}`, shape.list!]] : [];
  });
}

function at(document: unknown, path: string): unknown {
  let value: unknown = document;
  for (const name of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return value;
}
