import { OptionError } from './errors.ts';

/** An argparse error: where it happened decides which usage line goes with it. */
export class ArgparseError extends OptionError {
  readonly commands: readonly string[];
  /** What Kafka's parser offers under "Did you mean:". */
  readonly meant: readonly string[];

  constructor(message: string, commands: readonly string[], meant: readonly string[] = [], unknown?: string) {
    super(message, 'net.sourceforge.argparse4j.inf.ArgumentParserException', unknown);
    this.commands = commands;
    this.meant = meant;
  }
}
