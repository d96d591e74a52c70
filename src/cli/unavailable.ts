import { goneScripts, insteadOfClass, isGone } from './dist/gone-scripts.ts';

/** Says that a script of Kafka's is none of ktool's, or none of Kafka's any more. */
export function unavailable(script: string): void {
  fail(
    isGone(script)
      ? `Kafka has no ${script} any more: type ${goneScripts[script]!.instead}`
      : `ktool does not have ${script}: use Apache Kafka's own script for it`,
  );
}

/** Says of a class what kafka-run-class says of it, and what to type today. */
export function unavailableClass(className: string): void {
  const instead = insteadOfClass(className);
  const why =
    instead === undefined ? "ktool has Kafka's scripts, not its classes" : `Kafka has it no more, type ${instead}`;
  fail(`Error: Could not find or load main class ${className}: ${why}`);
}

function fail(line: string): void {
  process.stderr.write(`${line}\n`);
  process.exitCode = 1;
}
