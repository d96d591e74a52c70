// ssl.principal.mapping.rules (org.apache.kafka.common.security.ssl.SslPrincipalMapper): from the name in a certificate to
// the name of a user.
import { ConfigError } from '../../config/config-error.ts';

/** The user's name for a distinguished name; undefined if no rule applies. */
export type PrincipalMapper = (distinguishedName: string) => string | undefined;

const RULE = /^(?:(DEFAULT)|RULE:((?:\\.|[^\\/])*)\/((?:\\.|[^\\/])*)\/([LU]?))$/;
/** One rule with the comma after it; what is between rules and commas is ignored, as Kafka's expression has it. */
const SPLITTER = /\s*(DEFAULT|RULE:(?:\\.|[^\\/])*\/(?:\\.|[^\\/])*\/[LU]?)\s*(?:,\s*|$)/y;

/** @throws ConfigError with Kafka's text for rules that cannot be read */
export function principalMapper(rules: string): PrincipalMapper {
  const mappers = split(rules.trim() === '' ? 'DEFAULT' : rules.trim()).map(ruleMapper);
  return (name) => {
    for (const mapper of mappers) {
      const mapped = mapper(name);
      if (mapped !== undefined) return mapped;
    }
    return undefined;
  };
}

function split(rules: string): string[] {
  const found: string[] = [];
  SPLITTER.lastIndex = 0;
  while (SPLITTER.lastIndex < rules.length) {
    const at = SPLITTER.lastIndex;
    const rule = SPLITTER.exec(rules)?.[1];
    if (rule === undefined)
      throw new ConfigError(
        `ssl.principal.mapping.rules: Invalid rule: \`${rules}\`, unmatched substring: \`${rules.slice(at)}\``,
      );
    found.push(rule);
  }
  return found;
}

function ruleMapper(rule: string): PrincipalMapper {
  const [, byDefault, pattern = '', replacement = '', letters] = RULE.exec(rule) ?? [];
  if (byDefault !== undefined) return (name) => name;
  const whole = javaRegExp(`^(?:${pattern})$`);
  const each = javaRegExp(pattern, 'g');
  const put = replacement.replace(/\\(.)/g, '$1');
  return (name) => {
    if (!whole.test(name)) return undefined;
    const mapped = name.replace(each, put);
    if (letters === 'L') return mapped.toLowerCase();
    return letters === 'U' ? mapped.toUpperCase() : mapped;
  };
}

/** Java's flags at the beginning of an expression, `(?i)`, are JavaScript's behind it. */
function javaRegExp(pattern: string, flags = ''): RegExp {
  const inline = /^(\^\(\?:)?\(\?([imsu]+)\)/.exec(pattern);
  const body = inline === null ? pattern : (inline[1] ?? '') + pattern.slice(inline[0].length);
  const more = (inline?.[2] ?? '').replace('u', '');
  try {
    return new RegExp(body, flags + more);
  } catch (error) {
    throw new ConfigError(`ssl.principal.mapping.rules: ${(error as Error).message}`);
  }
}
