/** The parser cannot make sense of the command line. `javaClass` is what Kafka's scripts call it where they print that. */
export class OptionError extends Error {
  readonly javaClass: string;
  /** The word on the command line that was not understood, for did-you-mean. */
  readonly unknown: string | undefined;

  constructor(message: string, javaClass: string, unknown?: string) {
    super(message);
    this.name = 'OptionError';
    this.javaClass = javaClass;
    this.unknown = unknown;
  }

  override toString(): string {
    return `${this.javaClass}: ${this.message}`;
  }
}

/** A mistake in the use of a script that Kafka answers with the message and the option table (CommandLineUtils). */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** The command line asks for the help text or the version instead of an action; argparse acts on it at once. */
export class InsteadOfAction extends Error {
  readonly what: 'help' | 'version';
  /** The sub-command whose help is wanted, outermost first. */
  readonly commands: readonly string[];

  constructor(what: 'help' | 'version', commands: readonly string[]) {
    super(what);
    this.name = 'InsteadOfAction';
    this.what = what;
    this.commands = commands;
  }
}
