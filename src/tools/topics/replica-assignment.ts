import { javaSplit } from '../java-split.ts';

/**
 * The brokers of each partition from a `--replica-assignment` argument such as `0:1,1:2`.
 * Throws an Error with the texts of TopicCommand.parseReplicaAssignment.
 */
export function parseReplicaAssignment(argument: string): number[][] {
  const partitions = javaSplit(argument, ',').map((item) => javaSplit(item, ':').map((id) => brokerId(id.trim())));
  partitions.forEach((brokers, partition) => {
    const repeated = brokers.filter((id, i) => brokers.indexOf(id) !== i);
    if (repeated.length > 0)
      throw new Error(`Partition replica lists may not contain duplicate entries: ${[...new Set(repeated)].join(',')}`);
    if (brokers.length !== partitions[0]!.length)
      throw new Error(`Partition ${partition} has different replication factor: [${brokers.join(', ')}]`);
  });
  return partitions;
}

function brokerId(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new Error(`For input string: "${text}"`);
  return Number(text);
}
