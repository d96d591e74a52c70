// The name of a certificate's subject as Kafka's principals have it: Java's X500Principal.getName(), which is RFC 2253, last
// part first.
import { childrenOf, type DerNode, expectNode, readDer, readOid, readString, Tag } from './der.ts';

/** RFC 2253's keywords; Java writes all other attributes as numbers. */
const KEYWORDS: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.6': 'C',
  '2.5.4.9': 'STREET',
  '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.1': 'UID',
};

/**
 * @param certificate DER of an X.509 certificate
 * @throws DerError
 */
export function subjectOf(certificate: Buffer): string {
  const fields = childrenOf(expectNode(childrenOf(readDer(certificate))[0]));
  // version [0], serial number, signature, issuer, validity, subject: the version is left out in version 1.
  const at = fields[0]?.tag === 0xa0 ? 5 : 4;
  return nameText(expectNode(fields[at], Tag.SEQUENCE));
}

/** A Name (RFC 5280): its parts from the last to the first. */
function nameText(name: DerNode): string {
  return childrenOf(name)
    .reverse()
    .map((part) => childrenOf(part).map(attributeText).join('+'))
    .join(',');
}

function attributeText(attribute: DerNode): string {
  const [type, value] = childrenOf(attribute);
  const oid = readOid(type);
  const node = expectNode(value);
  const keyword = KEYWORDS[oid];
  const text = readString(node);
  if (keyword === undefined || text === undefined) return `${keyword ?? oid}=#${node.bytes.toString('hex')}`;
  return `${keyword}=${escaped(text)}`;
}

/** As sun.security.x509.AVA does it, which escapes more than RFC 2253 asks for. */
function escaped(text: string): string {
  const [, before = '', middle = '', after = ''] = /^( *)(.*?)( *)$/s.exec(text) ?? [];
  const blanks = (run: string) => '\\ '.repeat(run.length);
  return blanks(before) + middle.replace(/[,=+<>#;"\\]/g, '\\$&').replaceAll('\0', '\\00') + blanks(after);
}
