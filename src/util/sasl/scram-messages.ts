// The four messages of SCRAM (RFC 5802, section 7), within Kafka's limits (ScramMessages): ASCII names, no channel binding.
import { SaslError } from './sasl.ts';

const SASLNAME = '(?:[\\x01-\\x2B\\x2D-\\x3C\\x3E-\\x7F]|=2C|=3D)+';
const VALUE = '[\\x01-\\x2B\\x2D-\\x7F]+';
const PRINTABLE = '[\\x21-\\x2B\\x2D-\\x7E]+';
const EXTENSIONS = `(?:,[A-Za-z]+=${VALUE})*`;
const BASE64 = '(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)?';

const CLIENT_FIRST = new RegExp(
  `^(?<gs2>n,(?:a=(?<authzid>${SASLNAME}))?,)(?<bare>n=(?<user>${SASLNAME}),r=(?<nonce>${PRINTABLE})(?<extensions>${EXTENSIONS}))$`,
);
const SERVER_FIRST = new RegExp(`^r=(?<nonce>${PRINTABLE}),s=(?<salt>${BASE64}),i=(?<iterations>[0-9]+)${EXTENSIONS}$`);
const CLIENT_FINAL = new RegExp(
  `^(?<start>c=(?<binding>${BASE64}),r=(?<nonce>${PRINTABLE})${EXTENSIONS}),p=(?<proof>${BASE64})$`,
);
const SERVER_FINAL = new RegExp(`^(?:e=(?<error>${VALUE})|v=(?<signature>${BASE64})${EXTENSIONS})$`);

const INT_MAX = 2 ** 31 - 1;

export interface ClientFirst {
  /** What stands before the message that is signed: `n,,`. */
  readonly gs2: string;
  readonly bare: string;
  readonly authorizationId: string;
  readonly user: string;
  readonly nonce: string;
  readonly extensions: ReadonlyMap<string, string>;
}

/** @throws SaslError also where the client asks for channel binding or a mandatory extension */
export function parseClientFirst(message: Buffer): ClientFirst {
  const { gs2, bare, authzid, user, nonce, extensions } = parsed(CLIENT_FIRST, message, 'client first');
  return {
    gs2: gs2!,
    bare: bare!,
    authorizationId: unescaped(authzid ?? ''),
    user: unescaped(user!),
    nonce: nonce!,
    extensions: new Map(extensions!.split(',').slice(1).map(keyAndValue)),
  };
}

export function clientFirstBare(user: string, nonce: string, extensions: Readonly<Record<string, string>>): string {
  const more = Object.entries(extensions).map(([key, value]) => `,${key}=${value}`);
  return `n=${escaped(user)},r=${nonce}${more.join('')}`;
}

export interface ServerFirst {
  readonly nonce: string;
  readonly salt: Buffer;
  readonly iterations: number;
}

/** @throws SaslError */
export function parseServerFirst(message: Buffer): ServerFirst {
  const { nonce, salt, iterations } = parsed(SERVER_FIRST, message, 'server first');
  const count = Number(iterations);
  if (count < 1 || count > INT_MAX)
    throw new SaslError(`Invalid SCRAM server first message format: invalid iterations ${iterations}`);
  return { nonce: nonce!, salt: Buffer.from(salt!, 'base64'), iterations: count };
}

export function serverFirst({ nonce, salt, iterations }: ServerFirst): string {
  return `r=${nonce},s=${salt.toString('base64')},i=${iterations}`;
}

export interface ClientFinal {
  /** Without the proof, as it is signed. */
  readonly start: string;
  /** The gs2 header once more, with the channel's data if any were bound. */
  readonly binding: string;
  readonly nonce: string;
  readonly proof: Buffer;
}

/** @throws SaslError */
export function parseClientFinal(message: Buffer): ClientFinal {
  const { start, binding, nonce, proof } = parsed(CLIENT_FINAL, message, 'client final');
  return {
    start: start!,
    binding: Buffer.from(binding!, 'base64').toString(),
    nonce: nonce!,
    proof: Buffer.from(proof!, 'base64'),
  };
}

/** @throws SaslError if it is malformed; `error` is what the server says went wrong */
export function parseServerFinal(message: Buffer): { readonly error?: string; readonly signature: Buffer } {
  const { error, signature } = parsed(SERVER_FINAL, message, 'server final');
  return { ...(error === undefined ? {} : { error }), signature: Buffer.from(signature ?? '', 'base64') };
}

/** The message itself stays out of the error: it names users. */
function parsed(pattern: RegExp, message: Buffer, what: string): Record<string, string | undefined> {
  const groups = pattern.exec(message.toString('utf8'))?.groups;
  if (groups === undefined) throw new SaslError(`Invalid SCRAM ${what} message format`);
  return groups;
}

function keyAndValue(text: string): [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
}

function escaped(name: string): string {
  return name.replaceAll('=', '=3D').replaceAll(',', '=2C');
}

function unescaped(name: string): string {
  return name.replaceAll('=2C', ',').replaceAll('=3D', '=');
}
