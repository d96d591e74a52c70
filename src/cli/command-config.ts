import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseProperties } from '../util/properties.ts';

/**
 * A properties file as Kafka's tools read it (Utils.loadProps): keys and values as text. A file that is not there is an
 * Error whose message is the path alone, as Java's NoSuchFileException has it.
 */
export function readPropertiesFile(path: string): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EISDIR' || path === '') throw new PropertiesFileError('java.io.IOException', path, 'Is a directory');
    throw new PropertiesFileError(
      'java.nio.file.NoSuchFileException',
      path,
      code === 'ENOENT' ? path : `${path}: ${message}`,
    );
  }
  return Object.fromEntries(parseProperties(text));
}

/** A properties file cannot be read. */
export class PropertiesFileError extends Error {
  readonly javaClass: string;
  readonly path: string;
  constructor(javaClass: string, path: string, message: string) {
    super(message);
    this.name = 'PropertiesFileError';
    this.javaClass = javaClass;
    this.path = path;
  }

  override toString(): string {
    return `${this.javaClass}: ${this.message}`;
  }

  /** What is wrong, for people: Java's messages are the bare path, or leave it out. */
  get advice(): string {
    if (this.message === this.path) return `There is no file ${resolve(this.path)}.`;
    return this.message.includes(this.path) && this.path !== ''
      ? ''
      : `A properties file is wanted, and ${resolve(this.path)} is a directory.`;
  }
}

/** The options that say how to reach a cluster. */
export interface ConnectionOptions {
  readonly bootstrapServer?: string | undefined;
  readonly bootstrapController?: string | undefined;
  /** Path of a properties file. */
  readonly commandConfig?: string | undefined;
  /** Settings that win over the file: `--command-property`. */
  readonly properties?: ReadonlyMap<string, string>;
}

/**
 * The client settings of a command line: the file's, then single properties, then the address of the command line, which
 * always wins (CommandLineUtils.initializeBootstrapProperties).
 */
export function clientProperties(options: ConnectionOptions): Record<string, string> {
  const properties = {
    ...(options.commandConfig === undefined ? {} : readPropertiesFile(options.commandConfig)),
    ...Object.fromEntries(options.properties ?? []),
  };
  if (options.bootstrapServer !== undefined) {
    // Where there is a choice on the command line it wins over the file (CommandLineUtils.initializeBootstrapProperties).
    if ('bootstrapController' in options) delete properties['bootstrap.controllers'];
    properties['bootstrap.servers'] = options.bootstrapServer;
  } else if (options.bootstrapController !== undefined) {
    delete properties['bootstrap.servers'];
    properties['bootstrap.controllers'] = options.bootstrapController;
  }
  return properties;
}
