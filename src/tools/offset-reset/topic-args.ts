import type { TopicPartition } from '../../client/admin.ts';
import { IllegalArgument } from '../illegal-argument.ts';
import { javaSplit } from '../java-split.ts';

/** `--topic` arguments: whole topics, and partitions of topics (`orders:0,2`). */
export interface TopicArgs {
  readonly topics: readonly string[];
  readonly partitions: readonly TopicPartition[];
}

/** Takes `--topic` arguments apart; throws IllegalArgument with the texts of OffsetsUtils.parseTopicsWithPartitions. */
export function parseTopicArgs(args: readonly string[]): TopicArgs {
  return {
    topics: [...new Set(args.filter((arg) => !arg.includes(':')))],
    partitions: args.filter((arg) => arg.includes(':')).flatMap(partitionsOf),
  };
}

function partitionsOf(arg: string): TopicPartition[] {
  const [topic, ids, ...rest] = javaSplit(arg, ':');
  if (topic === undefined || ids === undefined || rest.length > 0)
    throw new IllegalArgument(`Invalid topic arg '${arg}', expected topic name and partitions`);
  return javaSplit(ids, ',').map((id) => {
    const partition = Number(id);
    const isInt = /^[+-]?\d+$/.test(id) && partition >= -(2 ** 31) && partition < 2 ** 31;
    // The second quote at the end is Kafka's.
    if (!isInt) throw new IllegalArgument(`Invalid partition '${id}' specified in topic arg '${arg}''`);
    return { topic, partition };
  });
}
