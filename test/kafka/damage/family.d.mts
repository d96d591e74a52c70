export interface Target {
  readonly name: string;
  /** In base/. */
  readonly file: string;
  /** What is looked at, if not that file. */
  readonly shown?: string;
  /** Every so many-th byte is changed. */
  readonly stride: number;
  readonly flags: string;
}
export const targets: readonly Target[];
export function baseFiles(target: Target): [path: string, content: Buffer][];
export function commandOf(target: Target, dir: string): string[];
export function variants(target: Target): Generator<[name: string, content: Buffer]>;
