// Records that ktool does not act on, or knows only in part, but must not lose when a snapshot takes the place of the log:
// what Apache Kafka wrote into a directory, and how brokers registered.
import { Reader } from '../../protocol/reader.ts';
import type { Fields } from '../../protocol/schema.ts';
import { Records } from './record-kinds.ts';
import { type FramedRecord, type RecordKind, readMetadataRecord } from './record-serde.ts';

type Effect = (record: FramedRecord) => { key: string; keeps: 'alone' | 'added' | 'nothing' };

function on<F extends Fields>(
  kind: Pick<RecordKind<F>, 'type' | 'message'>,
  field: string,
  keeps: 'alone' | 'added' | 'nothing',
  group = kind.type,
): [number, Effect] {
  return [
    kind.type,
    (record) => {
      const fields = readMetadataRecord(kind.message, { ...record, body: bodyOf(record) }) as Record<string, unknown>;
      return { key: `${group}/${String(fields[field])}`, keeps };
    },
  ];
}

const effects: ReadonlyMap<number, Effect> = new Map([
  on(Records.registerBroker, 'brokerId', 'alone'),
  on(Records.brokerRegistrationChange, 'brokerId', 'added', Records.registerBroker.type),
  on(Records.unregisterBroker, 'brokerId', 'nothing', Records.registerBroker.type),
  on(Records.registerController, 'controllerId', 'alone'),
  on(Records.accessControlEntry, 'id', 'alone'),
  on(Records.removeAccessControlEntry, 'id', 'nothing', Records.accessControlEntry.type),
  on(Records.delegationToken, 'tokenId', 'alone'),
  on(Records.removeDelegationToken, 'tokenId', 'nothing', Records.delegationToken.type),
]);

export class CarriedRecords {
  readonly #records = new Map<string, Buffer[]>();

  accept(record: FramedRecord): void {
    const effect = effects.get(record.type)?.(record);
    if (effect === undefined) return;
    const { key, keeps } = effect;
    if (keeps === 'nothing') this.#records.delete(key);
    // A copy, as the record is a view of all that was read at once.
    else
      this.#records.set(key, [...(keeps === 'added' ? (this.#records.get(key) ?? []) : []), Buffer.from(record.value)]);
  }

  /** The records that are in force, framed. */
  *all(): Generator<Buffer> {
    for (const values of this.#records.values()) yield* values;
  }
}

function bodyOf({ value }: FramedRecord): Reader {
  const body = new Reader(value);
  for (let head = 0; head < 3; head++) body.uvarint();
  return body;
}
