// The formatters of MirrorMaker's topics (org.apache.kafka.connect.mirror.formatters, 4.3): a line for each record.
import { Reader } from '../../protocol/reader.ts';
import { JavaException } from '../java-exception.ts';
import type { Formatter } from './formatter.ts';

/** `heartbeats`. */
export const heartbeatFormatter = (): Formatter =>
  lines((key, value) => {
    const [source, target] = [key.string(), key.string()];
    value.int16();
    return `Heartbeat{sourceClusterAlias=${source}, targetClusterAlias=${target}, timestamp=${value.int64()}}`;
  });

/** `mm2-offset-syncs.….internal`. */
export const offsetSyncFormatter = (): Formatter =>
  lines((key, value) => {
    const partition = `${key.string()}-${key.int32()}`;
    return `OffsetSync{topicPartition=${partition}, upstreamOffset=${value.int64()}, downstreamOffset=${value.int64()}}`;
  });

/** `….checkpoints.internal`. */
export const checkpointFormatter = (): Formatter =>
  lines((key, value) => {
    const [group, topic, partition] = [key.string(), key.string(), key.int32()];
    value.int16();
    const offsets = `upstreamOffset=${value.int64()}, downstreamOffset=${value.int64()}`;
    return `Checkpoint{consumerGroupId=${group}, topicPartition=${topic}-${partition}, ${offsets}, metadata=${value.string()}}`;
  });

function lines(text: (key: Reader, value: Reader) => string): Formatter {
  return {
    write({ key, value }, _, out) {
      if (key === null || value === null) throw new JavaException('java.lang.NullPointerException');
      out.text(`${text(new Reader(key), new Reader(value))}\n`);
    },
  };
}
