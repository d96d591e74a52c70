import type { Report } from '../report.ts';

/**
 * `consumer-groups --validate-regex`: whether brokers understand a regular expression (RE2, KIP-848); no cluster is asked.
 * Data: { regex, valid, error? }.
 */
export async function validateRegex(regex: string): Promise<Report> {
  const { RE2JS } = await import('re2js');
  try {
    RE2JS.compile(regex);
    return { data: { regex, valid: true }, text: `The regular expression \`${regex}\` is valid.\n` };
  } catch (error) {
    const description = reason(error);
    return {
      data: { regex, valid: false, error: description },
      text: `The regular expression \`${regex}\` is invalid: ${description}.\n`,
      failed: true,
      kafkaExit: 0,
    };
  }
}

/** PatternSyntaxException.getDescription: what is wrong, without the pattern. */
function reason(error: unknown): string {
  const { getDescription } = error as { getDescription?: () => string };
  const description = getDescription ? getDescription.call(error) : String(error);
  // RE2/J, which Kafka has, meets the bottom of its stack there and has no better word for it.
  return description === 'unexpected )' ? 'regexp/syntax: internal error' : description;
}
