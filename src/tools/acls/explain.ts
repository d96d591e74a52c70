// Which entry decides whether somebody may do something, by the rules of Kafka's StandardAuthorizer (KIP-801): a denial
// before any permission, and nothing without a permission.
import type { AclBinding, AclPattern } from '../../client/admin/types.ts';
import type { Admin } from '../../client/admin.ts';
import {
  AclResource,
  coversOperation,
  operationName,
  PatternType,
  Permission,
  resourceTypeName,
  WILDCARD,
  WILDCARD_PRINCIPAL,
} from '../../protocol/acl.ts';
import type { Report } from '../report.ts';
import { futureOf } from './acl-failure.ts';
import { bindingText, plainBinding } from './acl-text.ts';

export interface AclQuestion {
  readonly principal: string;
  /** Undefined for one that no entry names. */
  readonly host: string | undefined;
  readonly operation: number;
  readonly resource: AclPattern;
}

export interface AclDecision {
  /** Undefined where the broker's settings decide. */
  readonly allowed: boolean | undefined;
  readonly rule: 'entry' | 'no permission' | 'no entries';
  readonly decidedBy: AclBinding | undefined;
  /** Entries on the resource that do not apply, each with the reason. */
  readonly others: readonly { readonly entry: AclBinding; readonly reason: string }[];
}

/** @param entries those whose pattern matches the resource */
export function decide(entries: readonly AclBinding[], question: AclQuestion): AclDecision {
  const reasons = new Map(entries.map((entry) => [entry, whyNot(entry, question)]));
  const applying = entries.filter((entry) => reasons.get(entry) === undefined);
  const isDenial = ({ permissionType }: AclBinding) => permissionType === Permission.DENY;
  const decidedBy = applying.find(isDenial) ?? applying[0];
  const others = entries
    .filter((entry) => entry !== decidedBy)
    .map((entry) => ({ entry, reason: reasons.get(entry) ?? 'applies too' }));
  if (decidedBy) return { allowed: !isDenial(decidedBy), rule: 'entry', decidedBy, others };
  const rule = entries.length > 0 ? 'no permission' : 'no entries';
  return { allowed: entries.length > 0 ? false : undefined, rule, decidedBy: undefined, others };
}

/** Why an entry on the resource says nothing here; undefined if it does. */
function whyNot(entry: AclBinding, { principal, host, operation }: AclQuestion): string | undefined {
  if (entry.principal !== principal && entry.principal !== WILDCARD_PRINCIPAL) return 'is about another principal';
  if (entry.host !== WILDCARD && entry.host !== host) return `is about host ${entry.host} only`;
  return coversOperation(entry, operation) ? undefined : 'is about another operation';
}

const SUPER_USERS =
  "Not known here: whether the principal is among the broker's super.users, who may do everything, and what other names its login may have there.";
const DEFAULT =
  'Not known here: allow.everyone.if.no.acl.found of the broker. With true everybody may, without it (the default) nobody.';

/** `acls explain`. Data: { allowed, decidedBy, others: [{ entry, reason }], notKnown: [text] }; allowed is null where settings decide. */
export async function explainAcls(admin: Pick<Admin, 'describeAcls'>, question: AclQuestion): Promise<Report> {
  const { resourceType, resourceName } = question.resource;
  const filter = { resourceType, resourceName, patternType: PatternType.MATCH };
  const decision = decide(await futureOf(admin.describeAcls(filter)), question);
  const notKnown = decision.rule === 'no entries' ? [DEFAULT, SUPER_USERS] : [SUPER_USERS];
  return {
    data: {
      allowed: decision.allowed ?? null,
      decidedBy: decision.decidedBy ? plainBinding(decision.decidedBy) : null,
      others: decision.others.map(({ entry, reason }) => ({ entry: plainBinding(entry), reason })),
      notKnown,
    },
    text: `${explanation(decision, question)}${notKnown.map((line) => `${line}\n`).join('')}`,
  };
}

function explanation({ allowed, decidedBy, others, rule }: AclDecision, question: AclQuestion): string {
  const { principal, host, operation, resource } = question;
  const from = host === undefined ? '' : ` from ${host}`;
  const type = resourceTypeName(resource.resourceType).toLowerCase().replaceAll('_', ' ');
  const on = resource.resourceType === AclResource.CLUSTER ? 'the cluster' : `${type} ${resource.resourceName}`;
  const verdict = allowed === undefined ? 'Up to the broker' : allowed ? 'Allowed' : 'Denied';
  const head = `${verdict}: ${principal}${from}, ${operationName(operation)} on ${on}\n`;
  const reason = decidedBy
    ? `By ${bindingText(decidedBy)}${allowed ? '' : ': a denial wins over every permission'}\n`
    : rule === 'no permission'
      ? 'No entry permits it, and there are entries on the resource.\n'
      : 'No entry is on the resource.\n';
  return `${head}${reason}${others.map(({ entry, reason: why }) => `  ${bindingText(entry)} ${why}\n`).join('')}`;
}
