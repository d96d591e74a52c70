import { commandFailed, operationFailed } from '../admin-exceptions.ts';
import { JavaException } from '../java-exception.ts';
import { javaSplit } from '../java-split.ts';

/**
 * The brokers of each partition from a `--replica-assignment` argument such as `0:1,1:2`; none from one of commas alone
 * (TopicCommand.parseReplicaAssignment).
 * @throws JavaException
 */
export function parseReplicaAssignment(argument: string): number[][] {
  const partitions = javaSplit(argument, ',').map((item) => javaSplit(item, ':').map((id) => brokerId(id.trim())));
  partitions.forEach((brokers, partition) => {
    const repeated = brokers.filter((id, i) => brokers.indexOf(id) !== i);
    if (repeated.length > 0)
      throw commandFailed(
        `Partition replica lists may not contain duplicate entries: ${[...new Set(repeated)].join(',')}`,
      );
    if (brokers.length !== partitions[0]!.length)
      throw operationFailed(`Partition ${partition} has different replication factor: [${brokers.join(', ')}]`);
  });
  return partitions;
}

function brokerId(text: string): number {
  const id = Number(text);
  if (!/^[+-]?\d+$/.test(text) || id !== (id | 0))
    throw new JavaException('java.lang.NumberFormatException', `For input string: "${text}"`);
  return id;
}
