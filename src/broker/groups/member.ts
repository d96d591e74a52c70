import type { Timer } from '../../util/clock.ts';
import type { JoinReply, SyncReply } from './messages.ts';

/** A way of assigning that a member supports, with what the member says about itself under it. */
export interface MemberProtocol {
  readonly name: string;
  readonly metadata: Buffer;
}

export const EMPTY_ASSIGNMENT = Buffer.alloc(0);

export interface MemberInit {
  readonly memberId: string;
  /** group.instance.id of a static member (KIP-345). */
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  /** As Kafka's tools show it: `/127.0.0.1`. */
  readonly clientHost: string;
  readonly rebalanceTimeoutMs: number;
  readonly sessionTimeoutMs: number;
  readonly protocolType: string;
  /** In the member's order of preference. */
  readonly protocols: readonly MemberProtocol[];
  readonly assignment?: Buffer;
}

/** A member of a classic group (ClassicGroupMember). Only its group changes what it awaits. */
export class Member {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly protocolType: string;
  rebalanceTimeoutMs: number;
  sessionTimeoutMs: number;
  protocols: readonly MemberProtocol[];
  assignment: Buffer;
  /** True from joining to the end of the first rebalance: until then the client does not know its id. */
  isNew = false;
  awaitingJoin: JoinReply | undefined;
  awaitingSync: SyncReply | undefined;
  session: Timer | undefined;

  constructor(init: MemberInit) {
    this.memberId = init.memberId;
    this.groupInstanceId = init.groupInstanceId;
    this.clientId = init.clientId;
    this.clientHost = init.clientHost;
    this.rebalanceTimeoutMs = init.rebalanceTimeoutMs;
    this.sessionTimeoutMs = init.sessionTimeoutMs;
    this.protocolType = init.protocolType;
    this.protocols = init.protocols;
    this.assignment = init.assignment ?? EMPTY_ASSIGNMENT;
  }

  get isStatic(): boolean {
    return this.groupInstanceId !== null;
  }

  /** Whoever waits for an answer cannot send heartbeats; new members are timed out even so. */
  get hasSatisfiedHeartbeat(): boolean {
    return !this.isNew && (this.awaitingJoin !== undefined || this.awaitingSync !== undefined);
  }

  /** What the member said under a protocol; empty for one that it does not support. */
  metadata(protocolName: string | null): Buffer {
    return this.protocols.find(({ name }) => name === protocolName)?.metadata ?? EMPTY_ASSIGNMENT;
  }

  /** Same protocols, same metadata, same order. */
  matches(protocols: readonly MemberProtocol[]): boolean {
    return (
      protocols.length === this.protocols.length &&
      protocols.every(({ name, metadata }, i) => {
        const own = this.protocols[i]!;
        return own.name === name && own.metadata.equals(metadata);
      })
    );
  }
}
