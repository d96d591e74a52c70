// The fetch sessions of a broker (KIP-227, FetchManager and FetchSessionCacheShard).
//
// A request says by session id and epoch what it is:
//   epoch -1   no session: everything is asked for and answered; a session that it names ends
//   epoch  0   everything, and the answer opens a session if there is room (session id 0 says that there is none)
//   epoch  n   only what changed since request n - 1
import { randomInt } from 'node:crypto';
import { ErrorCode } from '../../protocol/errors.ts';
import type { FetchRequest } from '../../protocol/messages/fetch.ts';
import type { Clock } from '../../util/clock.ts';
import { type FetchContext, fullContext, incrementalContext, sessionlessContext } from './fetch-context.ts';
import type { FetchPartition, FetchPartitionResult } from './fetch-partition.ts';
import { FetchSession, nextEpoch } from './fetch-session.ts';
import { requestedPartitions } from './requested-partitions.ts';

const FINAL_EPOCH = -1;
const INITIAL_EPOCH = 0;
const NO_SESSION = 0;
const FIRST_VERSION_WITH_TOPIC_IDS = 13;
/** A session unused for so long makes room for any other; one younger than that is safe (MIN_INCREMENTAL_FETCH_SESSION_EVICTION_MS). */
const EVICTION_MS = 120_000;

export interface FetchSessionsOptions {
  readonly clock: Clock;
  /** `max.incremental.fetch.session.cache.slots`, asked each time. */
  readonly maxSlots: () => number;
}

export class FetchSessions {
  readonly #clock: Clock;
  readonly #maxSlots: () => number;
  /** Least recently used first. */
  readonly #sessions = new Map<number, FetchSession>();

  constructor(options: FetchSessionsOptions) {
    this.#clock = options.clock;
    this.#maxSlots = options.maxSlots;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /**
   * What a request is about.
   * @param nameOf the topic that has an id
   * @returns the error code of the whole response: FETCH_SESSION_ID_NOT_FOUND, INVALID_FETCH_SESSION_EPOCH,
   *   FETCH_SESSION_TOPIC_ID_ERROR
   */
  open(request: FetchRequest, version: number, nameOf: (id: string) => string | undefined): FetchContext | number {
    const usesTopicIds = version >= FIRST_VERSION_WITH_TOPIC_IDS;
    const { sessionId, sessionEpoch } = request;
    const { partitions, forgotten } = requestedPartitions(request, usesTopicIds, nameOf);
    if (sessionEpoch === FINAL_EPOCH || sessionEpoch === INITIAL_EPOCH) {
      if (sessionId !== NO_SESSION) this.#sessions.delete(sessionId);
      if (sessionEpoch === FINAL_EPOCH) return sessionlessContext(partitions, usesTopicIds);
      const open = (told: readonly FetchPartitionResult[]) => this.#create(partitions, told, usesTopicIds);
      return fullContext(partitions, usesTopicIds, open);
    }
    const session = this.#sessions.get(sessionId);
    if (session === undefined) return ErrorCode.FETCH_SESSION_ID_NOT_FOUND;
    if (session.epoch !== sessionEpoch) return ErrorCode.INVALID_FETCH_SESSION_EPOCH;
    if (session.usesTopicIds !== usesTopicIds) return ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR;
    session.update(partitions, forgotten);
    if (session.size === 0) {
      this.#sessions.delete(sessionId);
      return sessionlessContext(partitions, usesTopicIds);
    }
    this.#touch(session);
    session.epoch = nextEpoch(sessionEpoch);
    return incrementalContext(session, nameOf);
  }

  #touch(session: FetchSession): void {
    this.#sessions.delete(session.id);
    this.#sessions.set(session.id, session);
    session.lastUsedMs = this.#clock.monotonicMs();
    session.cachedSize = session.size;
  }

  /** Id of the new session, 0 if there is no room for it. */
  #create(asked: readonly FetchPartition[], told: readonly FetchPartitionResult[], usesTopicIds: boolean): number {
    const nowMs = this.#clock.monotonicMs();
    if (this.#sessions.size >= this.#maxSlots() && !this.#evict(asked.length, nowMs)) return NO_SESSION;
    const session = new FetchSession({ id: this.#newId(), usesTopicIds, nowMs }, asked, told);
    this.#sessions.set(session.id, session);
    return session.id;
  }

  /** Makes room for a session of `size` partitions: an unused one goes, else a smaller one that has lived long enough. */
  #evict(size: number, nowMs: number): boolean {
    const oldest = this.#sessions.values().next().value;
    if (oldest === undefined) return false;
    if (nowMs - oldest.lastUsedMs > EVICTION_MS) return this.#sessions.delete(oldest.id);
    let smallest: FetchSession | undefined;
    for (const session of this.#sessions.values()) {
      if (nowMs - session.createdMs <= EVICTION_MS) continue;
      if (smallest === undefined || session.cachedSize < smallest.cachedSize) smallest = session;
    }
    if (smallest === undefined || smallest.cachedSize >= size) return false;
    return this.#sessions.delete(smallest.id);
  }

  // Not guessable in a row, so that a client that got another's id by mistake is noticed.
  #newId(): number {
    for (;;) {
      const id = randomInt(1, 0x7fffffff);
      if (!this.#sessions.has(id)) return id;
    }
  }
}
