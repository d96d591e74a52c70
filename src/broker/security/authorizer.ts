// Who may do what.
import type { Acl } from './acl.ts';

/** Who asks: the principal (`User:alice`) and the address it asks from, without a slash. */
export interface Requester {
  readonly principal: string;
  readonly host: string;
}

/** A decision and what it rests on. */
export interface Decision {
  readonly allowed: boolean;
  /** In the words of Kafka's audit log: `SuperUser`, `DefaultDeny`, `MatchingAcl(acl=…)`. */
  readonly rule: string;
  /** The entry that decided, if one did. */
  readonly acl?: Acl;
}

export interface Authorizer {
  /**
   * Whether an operation on a resource is allowed, and why.
   * @param operation AclOperation code
   * @param resourceType AclResource code
   */
  decide(who: Requester, operation: number, resourceType: number, resourceName: string): Decision;
  /** Whether an operation is allowed on any resource of a type (KIP-679). */
  authorizeByResourceType(who: Requester, operation: number, resourceType: number): boolean;
}
