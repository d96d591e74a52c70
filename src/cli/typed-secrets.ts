// Words of the command line may be secrets: `ps` shows them to everybody on the machine, and messages repeat them.

const SECRET = /password|passphrase|secret|jaas|hmac|credential|\.key=|SCRAM-SHA-/i;
/** `key=value` or `key=[value,value]`, of which one word may have several. */
const ENTRY = /[^=,[\]]+=(?:\[([^\]]*)\]|([^,]*))/g;
const HIDDEN = '[hidden]';

/** The name that the process gets in the place of its command line; undefined where that may be seen. */
export function processTitle(argv: readonly string[]): string | undefined {
  if (!argv.some((word) => SECRET.test(word))) return undefined;
  const names = argv.slice(0, 2).filter((word) => /^[a-z-]+$/.test(word) && !word.startsWith('-'));
  return ['ktool', ...names].join(' ');
}

/** A message without the values of the command line that are secrets, or stand beside one in the same word. */
export function withoutTypedSecrets(message: string, argv: readonly string[]): string {
  const secrets = argv.filter((word) => SECRET.test(word)).flatMap(valuesOf);
  secrets.sort((a, b) => b.length - a.length);
  return secrets.reduce((text, one) => text.replaceAll(one, HIDDEN), message);
}

/** Takes them out of what an error, and what led to it, says. */
export function hideTypedSecrets(error: unknown, argv: readonly string[]): void {
  for (let one = error; one instanceof Error; one = one.cause) one.message = withoutTypedSecrets(one.message, argv);
}

function valuesOf(word: string): string[] {
  const values = [...word.replace(/^--[a-z-]+=/, '').matchAll(ENTRY)].map(([, group, single]) => group ?? single ?? '');
  return values.filter((value) => value !== '');
}
