// What the sender of one request may do, and the audit line for each question that is asked (kafka.server.AuthHelper,
// StandardAuthorizerData.logAuditMessage).
import type { Logger } from '../../util/logger.ts';
import { operationBits } from '../authorized-operations.ts';
import type { ConnectionInfo } from '../network/connection-info.ts';
import { CLUSTER_NAME, operationName, AclResource as Resource, SUPPORTED_OPERATIONS } from '../security/acl.ts';
import type { Authorizer, Decision, Requester } from '../security/authorizer.ts';

export interface AccessParts {
  readonly authorizer: Authorizer;
  /** The logger `kafka.authorizer.logger`. */
  readonly audit: Logger;
  readonly apiName: string;
  readonly connection: ConnectionInfo;
}

/** How a question is asked. */
export interface Asking {
  /** A denial is not worth a line: something else may allow it, or it only leaves something out. */
  readonly quietly?: boolean;
  /** How many items of the request are about the resource. */
  readonly count?: number;
}

/** SecurityUtils.resourceTypeName. */
const TYPE_NAMES: ReadonlyMap<number, string> = new Map([
  [Resource.TOPIC, 'Topic'],
  [Resource.GROUP, 'Group'],
  [Resource.CLUSTER, 'Cluster'],
  [Resource.TRANSACTIONAL_ID, 'TransactionalId'],
  [Resource.DELEGATION_TOKEN, 'DelegationToken'],
  [Resource.USER, 'User'],
]);

export class Access {
  readonly #parts: AccessParts;
  readonly #who: Requester;

  constructor(parts: AccessParts) {
    this.#parts = parts;
    const { principal, clientHost } = parts.connection;
    this.#who = { principal, host: clientHost.slice(1) };
  }

  /**
   * Whether an operation is allowed.
   * @param operation AclOperation code
   * @param type AclResource code
   */
  may(operation: number, type: number, name: string, asking: Asking = {}): boolean {
    const decision = this.#parts.authorizer.decide(this.#who, operation, type, name);
    this.#tell(decision, operation, type, name, asking);
    return decision.allowed;
  }

  onCluster(operation: number, asking: Asking = {}): boolean {
    return this.may(operation, Resource.CLUSTER, CLUSTER_NAME, asking);
  }

  /** The names, each asked for once, on which an operation is allowed. */
  allowed(operation: number, type: number, names: Iterable<string>, asking: Asking = {}): ReadonlySet<string> {
    const counts = new Map<string, number>();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    const allowed = new Set<string>();
    for (const [name, count] of counts) if (this.may(operation, type, name, { ...asking, count })) allowed.add(name);
    return allowed;
  }

  /** Whether an operation is allowed on any resource of a type (KIP-679). */
  onAny(operation: number, type: number): boolean {
    return this.#parts.authorizer.authorizeByResourceType(this.#who, operation, type);
  }

  /** What is allowed on a resource, as responses tell it: a bit for each operation (KIP-430). */
  operations(type: number, name: string): number {
    const { authorizer } = this.#parts;
    const supported = SUPPORTED_OPERATIONS.get(type) ?? [];
    return operationBits(supported.filter((code) => authorizer.decide(this.#who, code, type, name).allowed));
  }

  #tell(decision: Decision, operation: number, type: number, name: string, { quietly, count = 1 }: Asking): void {
    const { audit, apiName } = this.#parts;
    if (!decision.allowed && quietly) return;
    if (decision.allowed && !audit.isDebugEnabled?.()) return;
    const { principal, host } = this.#who;
    const verdict = decision.allowed ? 'Allowed' : 'Denied';
    const resource = `${TYPE_NAMES.get(type)}:LITERAL:${name}`;
    const line = `Principal = ${principal} is ${verdict} operation = ${operationName(operation)} from host = ${host} on resource = ${resource} for request = ${apiName} with resourceRefCount = ${count} based on rule ${decision.rule}`;
    if (decision.allowed) audit.debug(line);
    else audit.info(line);
  }
}
