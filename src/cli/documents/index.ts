// The one place that says what --json prints. The table of the README is made of it, and a test holds every command's
// answers against it; CSV has its columns from here. Nothing else loads it, as a script need not know.
import { clusterDocuments } from './cluster.ts';
import type { Answer, Documents } from './document.ts';
import { groupDocuments } from './groups.ts';
import { ownDocuments } from './own.ts';
import { recordDocuments } from './records.ts';
import { topicDocuments } from './topics.ts';

export const documents: Documents = {
  ...topicDocuments,
  ...groupDocuments,
  ...recordDocuments,
  ...clusterDocuments,
  ...ownDocuments,
};

/**
 * The entry for a command line: all of its words are there, and it is the longest of those.
 * @param words the command's name, sub-commands and options with their dashes
 */
export function entryOf(words: readonly string[]): string | undefined {
  const given = words.flatMap((word) => word.split(' '));
  return Object.keys(documents)
    .filter((entry) => entry.split(' ').every((word, i) => (i === 0 ? word === given[0] : given.includes(word))))
    .sort((a, b) => b.length - a.length)[0];
}

/** The answer of a command line, undefined where none is known. */
export function answerOf(words: readonly string[]): Answer | undefined {
  const entry = entryOf(words);
  return entry === undefined ? undefined : documents[entry];
}
