export interface Step {
  run: string;
  /** `NAME TEXT` each. */
  files: string[];
  in: string[];
  out: string[];
  exit: number;
}
export function parseSessions(text: string): { title: string; steps: Step[] }[];
export function placeFiles(step: Pick<Step, 'files'>, dir: string): void;
export function printSessions(sessions: { title: string; steps: Step[] }[]): string;
export function settled(text: string, broker: string, dir: string): string[];
