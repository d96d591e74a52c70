// Share sessions (KIP-932, ShareSessionCache): what a member reads is remembered between its requests. A session ends with
// the connection that it began on, and its member's records are given back then.
import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import { nextEpoch } from '../../fetch/fetch-session.ts';
import type { ConnectionInfo } from '../../network/connection-info.ts';

/** First request of a session, and the last one. */
export const INITIAL_EPOCH = 0;
export const FINAL_EPOCH = -1;

export interface SessionPartition {
  readonly topicId: string;
  readonly partition: number;
  /** The next answer tells of it, even if there is nothing to tell. */
  mustTell: boolean;
}

export type PartitionId = Pick<SessionPartition, 'topicId' | 'partition'>;

export interface ShareSession {
  readonly groupId: string;
  readonly memberId: string;
  /** That the next request must have. */
  epoch: number;
  /** In the order in which they are told. */
  readonly partitions: Map<string, SessionPartition>;
  readonly connection: ConnectionInfo;
}

export interface SessionRequest {
  readonly groupId: string;
  readonly memberId: string;
  readonly epoch: number;
  readonly wanted: readonly PartitionId[];
  readonly forgotten: readonly PartitionId[];
  readonly connection: ConnectionInfo;
}

export interface ShareSessionOptions {
  maxSessions(): number;
  /** A member's session has ended, by its request or with its connection. */
  onGone(session: ShareSession): void;
  /** A connection has ended, and no member of the group has a session any more. */
  onGroupEmpty(groupId: string): void;
}

/** How a session names a partition. */
export function nameOf({ topicId, partition }: PartitionId): string {
  return `${topicId}:${partition}`;
}

export class ShareSessions {
  readonly #options: ShareSessionOptions;
  readonly #sessions = new Map<string, ShareSession>();

  constructor(options: ShareSessionOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#sessions.size;
  }

  get(groupId: string, memberId: string): ShareSession | undefined {
    return this.#sessions.get(keyOf(groupId, memberId));
  }

  /** A new session, in place of the member's old one. @throws KafkaError SHARE_SESSION_LIMIT_REACHED */
  begin({ groupId, memberId, wanted, connection }: SessionRequest): ShareSession {
    this.#sessions.delete(keyOf(groupId, memberId));
    if (this.#sessions.size >= this.#options.maxSessions()) throw new KafkaError(ErrorCode.SHARE_SESSION_LIMIT_REACHED);
    const partitions = new Map(wanted.map((each) => [nameOf(each), { ...each, mustTell: false }]));
    const session = { groupId, memberId, epoch: nextEpoch(INITIAL_EPOCH), partitions, connection };
    this.#sessions.set(keyOf(groupId, memberId), session);
    connection.onClose(() => this.#connectionClosed(session));
    return session;
  }

  /** The session with what a request adds and takes away. @throws KafkaError as {@link advance} */
  goOn(request: SessionRequest): ShareSession {
    const session = this.#expect(request.groupId, request.memberId, request.epoch);
    for (const each of request.wanted) {
      if (!session.partitions.has(nameOf(each))) session.partitions.set(nameOf(each), { ...each, mustTell: true });
    }
    for (const each of request.forgotten) session.partitions.delete(nameOf(each));
    session.epoch = nextEpoch(session.epoch);
    return session;
  }

  /**
   * Takes a request that only acknowledges.
   * @throws KafkaError SHARE_SESSION_NOT_FOUND, INVALID_SHARE_SESSION_EPOCH
   */
  advance(groupId: string, memberId: string, epoch: number): void {
    if (epoch === INITIAL_EPOCH) throw new KafkaError(ErrorCode.INVALID_SHARE_SESSION_EPOCH);
    if (epoch === FINAL_EPOCH) {
      this.assertThere(groupId, memberId);
      return;
    }
    const session = this.#expect(groupId, memberId, epoch);
    session.epoch = nextEpoch(session.epoch);
  }

  /** @throws KafkaError SHARE_SESSION_NOT_FOUND */
  assertThere(groupId: string, memberId: string): ShareSession {
    const session = this.get(groupId, memberId);
    if (!session) throw new KafkaError(ErrorCode.SHARE_SESSION_NOT_FOUND);
    return session;
  }

  /** Ends a member's session: what it holds is given back. */
  leave(groupId: string, memberId: string): void {
    const session = this.get(groupId, memberId);
    this.#sessions.delete(keyOf(groupId, memberId));
    if (session) this.#options.onGone(session);
  }

  clear(): void {
    this.#sessions.clear();
  }

  #expect(groupId: string, memberId: string, epoch: number): ShareSession {
    const session = this.assertThere(groupId, memberId);
    if (session.epoch !== epoch) throw new KafkaError(ErrorCode.INVALID_SHARE_SESSION_EPOCH);
    return session;
  }

  #connectionClosed(session: ShareSession): void {
    const { groupId, memberId } = session;
    if (this.get(groupId, memberId) === session) this.leave(groupId, memberId);
    const isEmpty = ![...this.#sessions.values()].some((each) => each.groupId === groupId);
    if (isEmpty) this.#options.onGroupEmpty(groupId);
  }
}

function keyOf(groupId: string, memberId: string): string {
  return `${memberId}:${groupId}`;
}
