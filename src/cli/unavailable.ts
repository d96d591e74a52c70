/** Says that a script of Kafka's is none of ktool's, or not yet. */
export function unavailable(script: string): void {
  process.stderr.write(`ktool does not have ${script}: use Apache Kafka's own script for it\n`);
  process.exitCode = 1;
}
