// Paths of the tree, with `.`, `..` and the wildcards `*`, `?` and `{a,b}` (GlobVisitor, GlobComponent).
import { childOf, isDirectory, type ShellNode } from './node.ts';

export interface Found {
  readonly node: ShellNode;
  readonly path: readonly string[];
}

/** The name of what was found: `/` for the root. */
export const lastName = ({ path }: Found): string => path.at(-1) ?? '/';

/** All nodes that a path means, those of a wildcard in order of their names; none if there is nothing. */
export function lookUp(root: ShellNode, workingDirectory: string, path: string): Found[] {
  const whole = path.startsWith('/') ? path : `${workingDirectory}/${path}`;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return walk(root, parts, []);
}

function walk(node: ShellNode, [part, ...rest]: readonly string[], path: readonly string[]): Found[] {
  if (part === undefined) return [{ node, path }];
  if (!isDirectory(node)) return [];
  const pattern = globPattern(part);
  if (!pattern) {
    const child = childOf(node, part);
    return child ? walk(child, rest, [...path, part]) : [];
  }
  return node.children.flatMap(([name, child]) => {
    if (!pattern.test(name)) return [];
    if (!child) throw new Error(`Expected ${name} to be a valid child of /${path.join('/')}, but it was not.`);
    return walk(child, rest, [...path, name]);
  });
}

/** undefined for a part that means one name only, malformed ones included. */
function globPattern(part: string): RegExp | undefined {
  if (!/[*?{]/.test(part.replace(/\\./g, ''))) return undefined;
  let source = '';
  let inGroup = false;
  for (const [token] of part.matchAll(/\\.|[\s\S]/g)) {
    if (token === '?') source += '.';
    else if (token === '*') source += '.*';
    else if (token === '{') {
      if (inGroup) return undefined;
      inGroup = true;
      source += '(?:(?:';
    } else if (token === ',' && inGroup) source += ')|(?:';
    else if (token === '}' && inGroup) {
      inGroup = false;
      source += '))';
    } else source += token.replace(/^\\(?=.)/, '').replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
  }
  return inGroup ? undefined : new RegExp(`^${source}$`);
}
