/**
 * A command as oclif's manifest lists it, which runs without oclif: an object where oclif's own commands are classes.
 * Commands that are started often, or at every press of TAB, are of this kind.
 */
export interface LightCommand {
  readonly id: string;
  readonly summary: string;
  readonly hidden?: boolean;
  readonly strict: false;
  readonly args: Readonly<Record<string, unknown>>;
  readonly flags: Readonly<Record<string, unknown>>;
  readonly examples: readonly { readonly description: string; readonly command: string }[];
  /** Runs the command on the words after its name; `root` is the folder of package.json. */
  run(argv: readonly string[], root: string): Promise<void>;
}
