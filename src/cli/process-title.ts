// What `ps` shows to everybody on the machine: words of the command line may be secrets.

const SECRET = /password|passphrase|secret|jaas|hmac|credential|\.key=/i;

/** The name that the process gets in the place of its command line; undefined where that may be seen. */
export function processTitle(argv: readonly string[]): string | undefined {
  if (!argv.some((word) => SECRET.test(word))) return undefined;
  const names = argv.slice(0, 2).filter((word) => /^[a-z-]+$/.test(word) && !word.startsWith('-'));
  return ['ktool', ...names].join(' ');
}
