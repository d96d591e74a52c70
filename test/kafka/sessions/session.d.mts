export interface Step {
  run: string;
  /** `NAME TEXT` each. */
  files: string[];
  in: string[];
  out: string[];
  /** Where it counts, its first lines. */
  err?: string[];
  /** `NAME REGEX` */
  keep?: string;
  anyOrder?: boolean;
  exit: number;
}
export interface Session {
  title: string;
  /** `KEY=VALUE` each. */
  properties: string[];
  steps: Step[];
}
export function wordsOf(command: string): string[];
export function filled(text: string, values: ReadonlyMap<string, string>): string;
export function kept(step: Pick<Step, 'keep'>, stdout: string): [name: string, value: string][];
export function parseSessions(text: string): Session[];
export function placeFiles(step: Pick<Step, 'files'>, dir: string): void;
export function printSessions(sessions: Session[]): string;
export function settled(text: string, broker: string, dir: string): string[];
export function settledErrors(text: string, broker: string, dir: string): string[];
