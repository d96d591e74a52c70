// JAAS configurations: which login modules, with which options. A property holds the entries themselves (Kafka's JaasConfig),
// a file has them in named sections (Java's ConfigFile).
import { type JaasToken, jaasTokens } from './tokens.ts';

/** AppConfigurationEntry: a login module with its options. */
export interface JaasEntry {
  /** The class, as it is written. */
  readonly loginModule: string;
  readonly controlFlag: ControlFlag;
  readonly options: ReadonlyMap<string, string>;
}

export type ControlFlag = 'required' | 'requisite' | 'sufficient' | 'optional';

const CONTROL_FLAGS: readonly string[] = ['required', 'requisite', 'sufficient', 'optional'];

/** A configuration that cannot be read. The message holds no value of an option. */
export class JaasError extends Error {
  override name = 'JaasError';
}

/**
 * The one entry of `sasl.jaas.config`.
 * @throws JaasError with Kafka's text (JaasConfig, JaasContext.load)
 */
export function parseJaasProperty(text: string): JaasEntry {
  const tokens = jaasTokens(text);
  const entries: JaasEntry[] = [];
  while (tokens.length > 0) entries.push(propertyEntry(tokens));
  const [entry] = entries;
  if (entry === undefined) throw new JaasError('Login module not specified in JAAS config');
  if (entries.length > 1)
    throw new JaasError(`JAAS config property contains ${entries.length} login modules, should be 1 module`);
  return allowed(entry);
}

/** Takes one entry off the tokens. */
function propertyEntry(tokens: JaasToken[]): JaasEntry {
  const loginModule = textOf(tokens.shift()) ?? 'null';
  const flag = tokens.shift();
  if (flag === undefined) throw new JaasError('Login module control flag not specified in JAAS config');
  const word = textOf(flag);
  if (word === undefined) throw new JaasError('Login module control flag is not available in the JAAS config');
  const controlFlag = word.toLowerCase();
  if (!isControlFlag(controlFlag)) throw new JaasError(`Invalid login module control flag '${word}' in JAAS config`);
  const options = new Map<string, string>();
  for (let key = tokens.shift(); ; key = tokens.shift()) {
    if (key === undefined) throw new JaasError('JAAS config entry not terminated by semi-colon');
    if (isSymbol(key, ';')) return { loginModule, controlFlag, options };
    const name = textOf(key) ?? 'null';
    const equals = tokens.shift();
    const value = isSymbol(equals, '=') ? textOf(tokens.shift()) : undefined;
    if (value === undefined) throw new JaasError(`Value not specified for key '${name}' in JAAS config`);
    options.set(name, value);
  }
}

/**
 * The sections of a JAAS file by name.
 * @param expand the value of `${name}` in a value; undefined if there is no such property
 * @throws JaasError with the line, in the words of Java's ConfigFile
 */
export function parseJaasFile(
  text: string,
  expand: (name: string) => string | undefined = () => undefined,
): Map<string, readonly JaasEntry[]> {
  const tokens = jaasTokens(text, '*');
  const reader = new FileReader(tokens, expand);
  const sections = new Map<string, readonly JaasEntry[]>();
  while (tokens.length > 0) {
    const line = tokens[0]!.line;
    const name = reader.word('application name');
    const entries = reader.section();
    if (sections.has(name))
      throw new JaasError(`Configuration Error:\n\tLine ${line}: duplicate entry [${name}] in the JAAS file`);
    sections.set(name, entries);
  }
  return sections;
}

class FileReader {
  readonly #tokens: JaasToken[];
  readonly #expand: (name: string) => string | undefined;

  constructor(tokens: JaasToken[], expand: (name: string) => string | undefined) {
    this.#tokens = tokens;
    this.#expand = expand;
  }

  word(what: string): string {
    const token = this.#tokens.shift();
    const text = textOf(token);
    if (text === undefined) this.#fail(what, token);
    return text;
  }

  section(): JaasEntry[] {
    this.#symbol('{');
    const entries: JaasEntry[] = [];
    while (!isSymbol(this.#tokens[0], '}')) entries.push(this.#entry());
    this.#tokens.shift();
    this.#symbol(';');
    return entries;
  }

  #entry(): JaasEntry {
    const loginModule = this.word('module class name');
    const flag = this.#tokens[0];
    const controlFlag = this.word('controlFlag').toLowerCase();
    if (!isControlFlag(controlFlag)) this.#fail('controlFlag', flag);
    const options = new Map<string, string>();
    while (!isSymbol(this.#tokens[0], ';')) {
      const name = this.word('property key');
      this.#symbol('=');
      options.set(name, this.#expanded(this.word('property value')));
    }
    this.#tokens.shift();
    return allowed({ loginModule, controlFlag, options });
  }

  #expanded(value: string): string {
    return value.replace(/\$\{([^}]*)\}/g, (whole, name: string) =>
      name === '/' ? '/' : (this.#expand(name) ?? whole),
    );
  }

  #symbol(symbol: string): void {
    const token = this.#tokens.shift();
    if (!isSymbol(token, symbol)) this.#fail(symbol, token);
  }

  #fail(expected: string, token: JaasToken | undefined): never {
    if (token === undefined) throw new JaasError(`Configuration Error:\n\texpected [${expected}], read [end of file]`);
    const found = token.kind === 'string' ? 'a string' : token.text;
    throw new JaasError(`Configuration Error:\n\tLine ${token.line}: expected [${expected}], found [${found}]`);
  }
}

/** Kafka's default list: these would let a configuration make the program fetch objects from elsewhere. */
const DISALLOWED = ['com.sun.security.auth.module.JndiLoginModule', 'com.sun.security.auth.module.LdapLoginModule'];

function allowed(entry: JaasEntry): JaasEntry {
  if (DISALLOWED.includes(entry.loginModule.trim()))
    throw new JaasError(
      `${entry.loginModule} is not allowed. Update System property 'org.apache.kafka.disallowed.login.modules' to allow ${entry.loginModule}`,
    );
  return entry;
}

function isControlFlag(text: string): text is ControlFlag {
  return CONTROL_FLAGS.includes(text);
}

function isSymbol(token: JaasToken | undefined, symbol: string): boolean {
  return token?.kind === 'symbol' && token.text === symbol;
}

function textOf(token: JaasToken | undefined): string | undefined {
  return token?.kind === 'word' || token?.kind === 'string' ? token.text : undefined;
}
