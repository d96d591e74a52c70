export interface Step {
  run: string;
  out: string[];
  exit: number;
}
export function parseSessions(text: string): { title: string; steps: Step[] }[];
export function printSessions(sessions: { title: string; steps: Step[] }[]): string;
export function settled(text: string, broker: string): string[];
