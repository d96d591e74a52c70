// JavaScript modules of the user in the place of Java classes: a formatter, a line reader, a deserializer.

/** The settings of a formatter or reader as a plain object, in the order in which they were given. */
export type ModuleProperties = Readonly<Record<string, string>>;

/** A module that was loaded: what its default export makes of settings. */
export interface UserModule {
  /** As it was named by the user. */
  readonly path: string;
  readonly make: (context: { readonly properties: ModuleProperties } & Readonly<Record<string, unknown>>) => unknown;
}

export type UserModules = ReadonlyMap<string, UserModule>;

export const NO_MODULES: UserModules = new Map();

/** A failure in a module: the message names its file. */
export class ModuleError extends Error {
  override name = 'ModuleError';
  readonly path: string;

  constructor(path: string, message: string, cause?: unknown) {
    super(`${path}: ${message}`, { cause });
    this.path = path;
  }

  /** The same failure with the record, or the line, at which it came. */
  at(place: string): ModuleError {
    return new ModuleError(this.path, `${place}: ${this.message.slice(this.path.length + 2)}`, this.cause);
  }
}

/** Whether a name is a path and no Java class: it begins like one, or ends with .js, .mjs or .cjs. */
export const isModulePath = (name: string): boolean =>
  /^(\.{0,2}[/\\]|[A-Za-z]:[/\\])/.test(name) || /\.[cm]?js$/.test(name);

/** What a module's function makes. @throws ModuleError */
export function made(
  { path, make }: UserModule,
  properties: ReadonlyMap<string, string>,
  more: Readonly<Record<string, unknown>> = {},
): unknown {
  return inModule(path, () => make({ ...more, properties: Object.fromEntries(properties) }));
}

/** Runs code of a module. @throws ModuleError for whatever it throws */
export function inModule<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof ModuleError ? error : new ModuleError(path, String(error), error);
  }
}

/** Bytes of what a module answers: text is UTF-8. @throws ModuleError for anything else */
export function bytesFrom(path: string, what: string, value: unknown): Buffer {
  if (typeof value === 'string') return Buffer.from(value);
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  throw new ModuleError(path, `${what} is to be text or bytes, not ${kindOf(value)}`);
}

export const kindOf = (value: unknown): string =>
  value === null ? 'null' : value instanceof Promise ? 'a promise' : Array.isArray(value) ? 'an array' : typeof value;
