/** A node of the tree that the metadata shell shows: a text, or a directory. */
export type ShellNode = { readonly text: string } | Directory;
interface Directory {
  readonly children: readonly Child[];
  /** What a name means that is not listed: Kafka's nodes read a name instead of looking for it. */
  readonly unlisted?: ((name: string) => ShellNode | undefined) | undefined;
}
/** A name, and what is there; a name that cannot be looked up has nothing. */
export type Child = readonly [name: string, node: ShellNode | undefined];

export const leaf = (text: unknown): ShellNode => ({ text: String(text) });

/** A directory; its children are sorted by name. */
export const directory = (children: Iterable<Child>, unlisted?: Directory['unlisted']): Directory => ({
  children: [...children].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  unlisted,
});

/** A directory in which a name that is not listed may be another spelling of one that is. */
export function spelledDirectory(children: Iterable<Child>, listedName: (name: string) => string): Directory {
  const listed = directory(children);
  return { ...listed, unlisted: (name) => listed.children.find(([each]) => each === listedName(name))?.[1] };
}

/** A directory of numbers, in any spelling that Java's parseInt takes. */
export const numberedDirectory = (children: Iterable<Child>): Directory =>
  spelledDirectory(children, (name) => (/^[+-]?\d+$/.test(name) ? String(Number(name)) : name));

export const isDirectory = (node: ShellNode): node is Directory => 'children' in node;

/** The node of that name in a directory. */
export const childOf = (node: ShellNode, name: string): ShellNode | undefined =>
  isDirectory(node) ? (node.children.find(([each]) => each === name)?.[1] ?? node.unlisted?.(name)) : undefined;
