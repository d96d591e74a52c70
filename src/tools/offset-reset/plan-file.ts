import type { GroupChoice } from '../consumer-groups/described-groups.ts';
import { partitionKey } from '../consumer-groups/partitions.ts';
import { fromCsv } from './csv.ts';
import { type NewOffset, type ResetTools, withinLog } from './scenarios.ts';

/** A `--from-file` file, read when a group needs it. */
export interface PlanFile {
  /** @throws Error if it cannot be read */
  read(): Promise<string>;
}

/**
 * The offsets that a file has for a group, the last of several for a partition; undefined when it has none.
 * @throws WrappedError, IllegalArgument for lines that cannot be
 */
export async function plannedInFile(
  file: PlanFile,
  group: string,
  choice: GroupChoice,
  tools: ResetTools,
): Promise<readonly NewOffset[] | undefined> {
  const text = await file.read();
  // Kafka's script reads it twice for each group, if it can be read, and says each time that the first line has a group in front.
  const said: string[] = [];
  const all = fromCsv(text, 'groups' in choice ? choice.groups : [], ({ message }) => {
    said.push(message);
    tools.complain(message);
  });
  for (const message of said) tools.complain(message);
  const rows = all.filter((row) => row.group === group);
  const offsets = rows.map(({ topic, partition, offset }) => ({ topic, partition, offset }));
  return rows.length === 0
    ? undefined
    : withinLog([...new Map(offsets.map((at) => [partitionKey(at), at])).values()], tools);
}
