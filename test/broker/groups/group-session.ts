// Plays requests against a broker and writes down the answers in a form that does not depend on the run: member ids,
// topic ids, ports and times are replaced.
import { decode } from '../../../src/protocol/codec.ts';
import { DescribeGroups } from '../../../src/protocol/messages/describe-groups.ts';
import { Fetch } from '../../../src/protocol/messages/fetch.ts';
import { Reader } from '../../../src/protocol/reader.ts';
import { batches, readRecordsSync } from '../../../src/protocol/records/read.ts';
import type { Api, RequestInput, ResponseOf } from '../../../src/protocol/schema.ts';
import { groupRecords } from '../../../src/protocol/state/group/index.ts';
import { javaAbs, javaStringHash } from '../../../src/util/java-hash.ts';
import type { TestClient } from '../../helpers/client.ts';

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const OFFSETS_PARTITIONS = 50;

export interface SessionOptions {
  readonly port: number;
  /** A connection that the session may keep. */
  connect(): Promise<TestClient>;
  /** Id of the topic that the session commits for. */
  readonly topicId: string;
  /** How long Kafka takes for what it does just after an answer; milliseconds, default 0. */
  readonly settlingMs?: number;
}

export class GroupSession {
  /** One line for each step, in order. */
  readonly lines: string[] = [];
  readonly topicId: string;
  readonly #options: SessionOptions;
  readonly #clients = new Map<string, Promise<TestClient>>();
  readonly #uuids = new Map<string, string>();

  constructor(options: SessionOptions) {
    this.#options = options;
    this.topicId = options.topicId;
  }

  /** Sends a request of client `who`; requests of different clients may be under way at the same time. */
  async send<A extends Api>(who: string, api: A, version: number, body: RequestInput<A>): Promise<ResponseOf<A>> {
    const connection = this.#clients.get(who) ?? this.#options.connect();
    this.#clients.set(who, connection);
    const response = await (await connection).request(api, version, body, who);
    return response;
  }

  /** Writes a step down. */
  note(what: string, answer: unknown): void {
    this.lines.push(`${what} ${this.#portable(answer)}`);
  }

  async step<A extends Api>(who: string, api: A, version: number, body: RequestInput<A>): Promise<ResponseOf<A>> {
    const response = await this.send(who, api, version, body);
    this.note(`${who} ${api.name} v${version}`, response);
    return response;
  }

  /** Waits until a group is in `state` with `members` members: what a request that waits has set going is done then. */
  async until(groupId: string, state: string, members: number): Promise<void> {
    for (;;) {
      const { groups } = await this.send('observer', DescribeGroups, 5, { groups: [groupId] });
      if (groups[0]!.groupState === state && groups[0]!.members.length === members) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** What `__consumer_offsets` says of a group. */
  async records(groupId: string): Promise<void> {
    const partition = javaAbs(javaStringHash(groupId)) % OFFSETS_PARTITIONS;
    const { responses } = await this.send('observer', Fetch, 11, {
      maxWaitMs: 0,
      minBytes: 0,
      maxBytes: 1 << 20,
      isolationLevel: 0,
      topics: [
        { topic: '__consumer_offsets', partitions: [{ partition, fetchOffset: 0, partitionMaxBytes: 1 << 20 }] },
      ],
      forgottenTopicsData: [],
    });
    const bytes = responses[0]?.partitions[0]?.records ?? Buffer.alloc(0);
    for (const { header, pos } of batches(bytes)) {
      const records = readRecordsSync(bytes, pos, header).map(({ key, value }) => decodeRecord(key!, value));
      if (records.some(({ key }) => (Reflect.get(key, 'group') ?? Reflect.get(key, 'groupId')) === groupId))
        this.note('record batch', { attributes: header.attributes, sequence: header.baseSequence, records });
    }
  }

  /** Waits for what is done just after an answer. */
  async settle(): Promise<void> {
    const { settlingMs = 0 } = this.#options;
    if (settlingMs > 0) await new Promise((resolve) => setTimeout(resolve, settlingMs));
  }

  close(): void {
    for (const client of this.#clients.values()) void client.then((connected) => connected.close());
  }

  #portable(value: unknown): string {
    const text = JSON.stringify(value, (name, inner) => {
      if (name === 'port' && inner === this.#options.port) return '<port>';
      // Kafka's own hash, and ktool's.
      if (name === 'metadataHash') return inner === 0 ? 0 : '<hash>';
      if (/Timestamp$/.test(name) && inner > 0) return '<time>';
      if (typeof inner === 'bigint') return String(inner);
      if (name === 'members' && Array.isArray(inner)) return [...inner].sort(byMemberId);
      if (isBuffer(inner)) return Buffer.from(inner.data).toString('latin1');
      return inner;
    });
    return text.replaceAll(this.topicId, '<topic-id>').replace(UUID, (uuid) => {
      if (!this.#uuids.has(uuid)) this.#uuids.set(uuid, `<uuid ${this.#uuids.size + 1}>`);
      return this.#uuids.get(uuid)!;
    });
  }
}

/** Kafka lists members in the order of a hash table of their random ids. */
function byMemberId(a: { memberId: string }, b: { memberId: string }): number {
  return a.memberId < b.memberId ? -1 : 1;
}

function isBuffer(value: unknown): value is { data: number[] } {
  return typeof value === 'object' && value !== null && Reflect.get(value, 'type') === 'Buffer';
}

function decodeRecord(
  key: Buffer,
  value: Buffer | null,
): { type: number; key: object; version: number; value: unknown } {
  const keyReader = new Reader(key);
  const type = keyReader.int16();
  const schema = groupRecords.get(type)!;
  const decodedKey = decode(schema.key, 0, keyReader);
  if (value === null) return { type, key: decodedKey, version: -1, value };
  const reader = new Reader(value);
  const version = reader.int16();
  return { type, key: decodedKey, version, value: decode(schema.value, version, reader) };
}
