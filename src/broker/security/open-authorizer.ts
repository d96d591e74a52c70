// The authorizer that `authorizer.class.name` asks for.
import type { BrokerConfig } from '../config/broker-config.ts';
import { ConfigError } from '../config/config-error.ts';
import type { AclIndex } from './acl-index.ts';
import type { Authorizer } from './authorizer.ts';
import { StandardAuthorizer } from './standard-authorizer.ts';

const STANDARD = 'org.apache.kafka.metadata.authorizer.StandardAuthorizer';

/**
 * Undefined where everybody may do everything.
 * @throws ConfigError for another class than Kafka's StandardAuthorizer
 */
export function openAuthorizer({ given }: BrokerConfig, index: AclIndex): Authorizer | undefined {
  const className = given.get('authorizer.class.name')?.trim() ?? '';
  if (className === '') return undefined;
  if (className !== STANDARD)
    throw new ConfigError(`authorizer.class.name=${className} is not there; ktool has Kafka's own, ${STANDARD}`);
  const allow = given.get('allow.everyone.if.no.acl.found')?.trim().toLowerCase();
  return new StandardAuthorizer(index, {
    superUsers: superUsers(given.get('super.users') ?? ''),
    allowIfNoAcl: allow === 'true',
  });
}

/** Principals between semicolons. @throws ConfigError for one without a type */
function superUsers(text: string): Set<string> {
  const principals = text
    .split(';')
    .map((principal) => principal.trim())
    .filter((principal) => principal !== '');
  for (const principal of principals)
    if (!principal.includes(':'))
      throw new ConfigError(
        `super.users: expected a string in format principalType:principalName but got ${principal}`,
      );
  return new Set(principals);
}
