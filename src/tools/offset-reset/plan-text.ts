import type { PlannedOffset } from './csv.ts';

/** The new offsets as Kafka's scripts print them. */
export function planText(planned: readonly PlannedOffset[], header: boolean): string {
  const width = (value: (row: PlannedOffset) => string) => Math.max(15, ...planned.map((row) => value(row).length));
  const [groupWidth, topicWidth] = [width(({ group }) => group), width(({ topic }) => topic)];
  const line = (group: string, topic: string, partition: string, offset: string) =>
    `\n${group.padEnd(groupWidth)} ${topic.padEnd(topicWidth)} ${partition.padEnd(10)} ${offset}`;
  const rows = planned.map((row) => line(row.group, row.topic, String(row.partition), String(row.offset)));
  return `${header ? line('GROUP', 'TOPIC', 'PARTITION', 'NEW-OFFSET') : ''}${rows.join('')}\n`;
}

export const planTable = (planned: readonly PlannedOffset[], executed: boolean) => ({
  title: executed ? 'New offsets' : 'Nothing is changed yet; with --execute the new offsets would be',
  columns: ['Group', 'Topic', 'Partition', 'New offset'],
  rows: planned.map(({ group, topic, partition, offset }) => [group, topic, partition, offset]),
});
