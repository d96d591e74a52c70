/** A node of the tree that the metadata shell shows: a text, or a directory. */
export type ShellNode = { readonly text: string } | { readonly children: readonly Child[] };
/** A name, and what is there; a name that cannot be looked up has nothing. */
export type Child = readonly [name: string, node: ShellNode | undefined];

export const leaf = (text: unknown): ShellNode => ({ text: String(text) });

/** A directory; its children are sorted by name. */
export const directory = (children: Iterable<Child>): ShellNode => ({
  children: [...children].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
});

export const isDirectory = (node: ShellNode): node is { readonly children: readonly Child[] } => 'children' in node;

/** The node of that name in a directory. */
export const childOf = (node: ShellNode, name: string): ShellNode | undefined =>
  isDirectory(node) ? node.children.find(([each]) => each === name)?.[1] : undefined;
