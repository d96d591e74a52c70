import type { Report } from '../report.ts';

/**
 * `consumer-groups --validate-regex`: whether brokers understand a regular expression (RE2, KIP-848); no cluster is asked.
 * Data: { regex, valid, error? }.
 */
export async function validateRegex(regex: string): Promise<Report> {
  const { RE2JS } = await import('re2js');
  try {
    compileAsKafka(RE2JS, regex);
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

const TIMES = /\{(\d+)(?:,(\d*))?\}/g;
const MOST = 1000;

/** RE2/J counts a repetition within another one for itself, RE2JS both together. */
function compileAsKafka(RE2JS: typeof import('re2js').RE2JS, regex: string): void {
  try {
    RE2JS.compile(regex);
  } catch (error) {
    const allowed = (least: string, most = least) => Number(least) <= MOST && Number(most) <= MOST;
    const once = regex.replace(TIMES, (all, least: string, most?: string) =>
      allowed(least, most) && Number(least) <= Number(most || least) ? '{1}' : all,
    );
    if (describe(error) !== 'invalid repeat count' || once === regex) throw error;
    RE2JS.compile(once);
  }
}

function describe(error: unknown): string {
  const { getDescription } = error as { getDescription?: () => string };
  return getDescription ? getDescription.call(error) : String(error);
}

/** PatternSyntaxException.getDescription: what is wrong, without the pattern. */
function reason(error: unknown): string {
  const description = describe(error);
  // RE2/J, which Kafka has, meets the bottom of its stack there and has no better word for it.
  return description === 'unexpected )' ? 'regexp/syntax: internal error' : description;
}
