// The subject alternative names of a certificate as Java's X509Certificate.getSubjectAlternativeNames gives them.
import type { X509Certificate } from 'node:crypto';
import { hashMapOrder, topicPartitionHash } from '../../util/java-hash.ts';

/** The number of the kind of name (RFC 5280, GeneralName), and the name. */
export type AlternativeName = readonly [kind: number, name: string];

/** By what Node calls them. */
const KINDS: Readonly<Record<string, number>> = {
  othername: 0,
  email: 1,
  DNS: 2,
  DirName: 4,
  URI: 6,
  'IP Address': 7,
  'Registered ID': 8,
};

/** `DNS:a.example`, or quoted as JSON if the name could be taken for several. */
const ENTRY = /([A-Za-z ]+):("(?:\\.|[^"\\])*"|[^,]*)(?:, |$)/g;

/** In the order of the certificate. */
export function alternativeNames({ subjectAltName = '' }: X509Certificate): AlternativeName[] {
  return [...subjectAltName.matchAll(ENTRY)].map(([, kind = '', name = '']) => [
    KINDS[kind] ?? -1,
    name.startsWith('"') ? JSON.parse(name) : name,
  ]);
}

/** `[[2, localhost], [7, 127.0.0.1]]`, in the order of the HashSet that Kafka keeps them in. */
export function alternativeNamesText(names: readonly AlternativeName[]): string {
  const capacity = Math.max(Math.floor(names.length / 0.75) + 1, 16);
  // A List of a kind and a name has the hash of a partition and its topic.
  const ordered = hashMapOrder(names, ([kind, name]) => topicPartitionHash(name, kind), capacity);
  return `[${ordered.map(([kind, name]) => `[${kind}, ${name}]`).join(', ')}]`;
}
