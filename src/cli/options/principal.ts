import { JavaException } from '../../tools/java-exception.ts';

/** SecurityUtils.parseKafkaPrincipal. @throws JavaException */
export function parsePrincipal(text: string): string {
  const principal = text.trim();
  if (principal.includes(':')) return principal;
  const message = `expected a string in format principalType:principalName but got ${principal}`;
  throw new JavaException('java.lang.IllegalArgumentException', message);
}
