// What control records say.
import { decode } from '../../protocol/codec.ts';
import { ControlType, readControlKey, readEndTxnMarker } from '../../protocol/records/control.ts';
import type { Message } from '../../protocol/schema.ts';
import {
  KRaftVersionRecord,
  LeaderChangeMessage,
  SnapshotFooterRecord,
  SnapshotHeaderRecord,
  VotersRecord,
} from '../../protocol/state/control.ts';
import { decodeException } from '../decode-exception.ts';
import { ExactReader } from '../exact-reader.ts';
import { jacksonText } from '../jackson-text.ts';
import { JavaException } from '../java-exception.ts';
import { messageJson } from '../message-json.ts';

const MARKER_BYTES = 6;

const MESSAGES: ReadonlyMap<number, readonly [label: string, message: Message]> = new Map<
  number,
  readonly [string, Message]
>([
  [ControlType.LEADER_CHANGE, ['LeaderChange:', LeaderChangeMessage]],
  [ControlType.SNAPSHOT_HEADER, ['SnapshotHeader', SnapshotHeaderRecord]],
  [ControlType.SNAPSHOT_FOOTER, ['SnapshotFooter', SnapshotFooterRecord]],
  [ControlType.KRAFT_VERSION, ['KRaftVersion', KRaftVersionRecord]],
  [ControlType.KRAFT_VOTERS, ['KRaftVoters', VotersRecord]],
]);

/** @throws RecordError for a key or a marker that is none, JavaException for another value that cannot be read */
export function controlText({ key, value }: { readonly key: Buffer | null; readonly value: Buffer | null }): string {
  const { type } = readControlKey(key);
  if (type === ControlType.COMMIT || type === ControlType.ABORT) {
    if (value === null || value.length < MARKER_BYTES) throw new JavaException('java.nio.BufferUnderflowException');
    const { coordinatorEpoch } = readEndTxnMarker(value);
    return `endTxnMarker: ${type === ControlType.COMMIT ? 'COMMIT' : 'ABORT'} coordinatorEpoch: ${coordinatorEpoch}`;
  }
  const known = MESSAGES.get(type);
  if (!known) return `controlType: UNKNOWN(${type})`;
  const [label, message] = known;
  return `${label} ${jacksonText(valueJson(message, value!))}`;
}

function valueJson(message: Message, value: Buffer) {
  try {
    // Read as version 0 whatever it says (ControlRecordUtils), shown as what it says.
    const decoded = decode(message, 0, new ExactReader(value));
    return messageJson(message, Math.min(Math.max(value.readInt16BE(0), 0), message.versions[1]), decoded);
  } catch (error) {
    throw decodeException(error);
  }
}
