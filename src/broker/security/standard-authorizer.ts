// Kafka's own authorizer (org.apache.kafka.metadata.authorizer.StandardAuthorizer, KIP-801): super users first, then the
// entries on every pattern that the resource matches, a denial before any permission.
import {
  type Acl,
  AclOperation,
  aclText,
  coversOperation,
  PatternType,
  Permission,
  WILDCARD,
  WILDCARD_PRINCIPAL,
} from './acl.ts';
import type { AclIndex } from './acl-index.ts';
import type { Authorizer, Decision, Requester } from './authorizer.ts';

export interface StandardAuthorizerSettings {
  /** `super.users`: principals that may do everything. */
  readonly superUsers: ReadonlySet<string>;
  /** `allow.everyone.if.no.acl.found`: where no entry is about a resource, everybody may. */
  readonly allowIfNoAcl: boolean;
}

/** Stands for a resource that no entry names, so that only super users and defaults decide. */
const NO_RESOURCE = 'hardcode';

const SUPER_USER: Decision = { allowed: true, rule: 'SuperUser' };
const DEFAULT_ALLOW: Decision = { allowed: true, rule: 'DefaultAllow' };
const DEFAULT_DENY: Decision = { allowed: false, rule: 'DefaultDeny' };

export class StandardAuthorizer implements Authorizer {
  readonly #index: AclIndex;
  readonly #settings: StandardAuthorizerSettings;

  constructor(index: AclIndex, settings: StandardAuthorizerSettings) {
    this.#index = index;
    this.#settings = settings;
  }

  decide(who: Requester, operation: number, resourceType: number, resourceName: string): Decision {
    if (this.#settings.superUsers.has(who.principal)) return SUPER_USER;
    let hasAcls = false;
    let allowing: Acl | undefined;
    for (const acls of this.#index.matching(resourceType, resourceName)) {
      for (const acl of acls) {
        hasAcls = true;
        if (!isAbout(acl, who) || !coversOperation(acl, operation)) continue;
        if (acl.permissionType === Permission.DENY) return matching(acl, false);
        allowing ??= acl;
      }
    }
    if (allowing) return matching(allowing, true);
    return !hasAcls && this.#settings.allowIfNoAcl ? DEFAULT_ALLOW : DEFAULT_DENY;
  }

  authorizeByResourceType(who: Requester, operation: number, resourceType: number): boolean {
    if (this.decide(who, operation, resourceType, NO_RESOURCE).allowed) return true;
    const denied = new Patterns();
    const allowed: Acl[] = [];
    const own = this.#index.ofType(resourceType, who.principal);
    for (const acl of [...own, ...this.#index.ofType(resourceType, WILDCARD_PRINCIPAL)]) {
      if (!isAbout(acl, who) || (acl.operation !== operation && acl.operation !== AclOperation.ALL)) continue;
      if (acl.permissionType === Permission.ALLOW) allowed.push(acl);
      else if (isWildcard(acl)) return false;
      else denied.add(acl);
    }
    return allowed.some((acl) => isWildcard(acl) || !denied.dominate(acl));
  }
}

const isWildcard = ({ patternType, resourceName }: Acl): boolean =>
  patternType === PatternType.LITERAL && resourceName === WILDCARD;

const matching = (acl: Acl, allowed: boolean): Decision => ({
  allowed,
  acl,
  get rule() {
    return `MatchingAcl(acl=${aclText(acl)})`;
  },
});

function isAbout(acl: Acl, { principal, host }: Requester): boolean {
  return (
    (acl.principal === principal || acl.principal === WILDCARD_PRINCIPAL) &&
    (acl.host === WILDCARD || acl.host === host)
  );
}

/** Patterns of denials, to see whether they leave anything of a permission. */
class Patterns {
  readonly #literals = new Set<string>();
  readonly #prefixes = new Set<string>();

  add({ patternType, resourceName }: Acl): void {
    (patternType === PatternType.PREFIXED ? this.#prefixes : this.#literals).add(resourceName);
  }

  /** Whether all that the pattern of `acl` matches is denied. */
  dominate({ patternType, resourceName }: Acl): boolean {
    if (patternType === PatternType.LITERAL && this.#literals.has(resourceName)) return true;
    for (let length = 1; length <= resourceName.length; length++)
      if (this.#prefixes.has(resourceName.slice(0, length))) return true;
    return false;
  }
}
