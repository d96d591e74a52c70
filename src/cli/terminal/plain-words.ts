// What Kafka's scripts say of a failure, for a person: without the names of Java classes, frames, and what only wraps a message.

const WRAPPERS: readonly RegExp[] = [
  /^Exception in thread "[^"]*" /,
  /^Error while executing [\w ]*? ?: ?/i,
  /^Error occurred: /,
  /^Unexpected error: /,
  /^Error: (?=\S)/,
  /^Executing [\w ]+ failed due to /,
];
/** `org.apache.kafka.common.errors.SomeException: ` in front of a message, or on its own. */
const CLASS = /(?:[a-z][\w]*\.)+[A-Z][\w$]*(?:Exception|Error)(?:: |$)/g;
const FRAMES = /^(?:\s+at |Caused by: |\s+\.\.\. \d+ more)/;
const ONLY_WRAPS = /^Error while executing .* with args '.*'$/s;

/** One line without what only Java's readers need. */
export function plainLine(line: string): string {
  const bare = WRAPPERS.reduce((text, wrapper) => text.replace(wrapper, ''), line.trim());
  const plain = bare.replace(CLASS, '').trim();
  return plain === '' ? bare : plain;
}

/** The lines of a failure: the message first. */
export function plainLines(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !FRAMES.test(line));
  const rest = lines.filter((line) => !ONLY_WRAPS.test(line));
  return [...new Set((rest.length > 0 ? rest : lines).map(plainLine))];
}

/** A mistake on the command line, with options as they are typed. */
export const plainMistake = (message: string): string =>
  message
    .replace(/^Missing required argument "\[([\w-]+)\]"$/, '--$1 is missing')
    .replace(/^Missing required option\(s\) \[([\w-]+)\]$/, '--$1 is missing')
    .replace(/^([\w-]+) is not a recognized option$/, 'There is no option --$1');

const LOG_LINE = /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\] (WARN|ERROR) (?:\[[^\]]*\] )?(.*?)(?: \([\w.$]+\))?$/s;
/** The first address of several may be away; where all are, the failure says so. */
const FIRST_CONTACT = /^Connection to node -\d+ .* could not be established/;

/** A line of a client's log for a person; undefined for one that tells nothing new. Other lines are as they are. */
export function plainLog(line: string): string | undefined {
  const [, level, text = ''] = LOG_LINE.exec(line) ?? [];
  if (level === undefined) return line;
  if (FIRST_CONTACT.test(text)) return undefined;
  return `${level === 'WARN' ? 'Warning' : 'Error'}: ${plainLine(text)}`;
}
