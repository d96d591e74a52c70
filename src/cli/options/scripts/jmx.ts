import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { int, optionalText, text } from '../table.ts';
import { general } from './common.ts';

export const jmx = joptScript({
  name: 'jmx',
  kafkaName: 'kafka-jmx',
  about: 'Read the metrics of a Java process (not in ktool)',
  headline: 'Dump JMX values to standard output.',
  parseErrors: 'message',
  examples: [],
  options: {
    'jmx-url': text('URL', 'Where the process is', { default: 'service:jmx:rmi:///jndi/rmi://:9999/jmxrmi' }),
    'object-name': text('NAME', 'A bean', { repeatable: true }),
    attributes: text('NAME,…', 'Attributes of the beans'),
    'reporting-interval': int('MS', 'Ask so often', { default: 2000 }),
    'one-time': optionalText('BOOLEAN', 'Ask once'),
    'date-format': text('FORMAT', 'How times are shown'),
    'report-format': text('FORMAT', 'original, properties, csv or tsv', { default: 'original' }),
    'jmx-auth-prop': text('USER=PASSWORD', 'Who asks'),
    'jmx-ssl-enable': text('BOOLEAN', 'Ask by TLS', { default: 'false' }),
    wait: optionalText('BOOLEAN', 'Wait for the beans'),
    help: general.help,
    version: general.version,
  },
});

export type JmxOptions = ParsedOptions<typeof jmx.options>;

/** Where to ask. @throws Error with Java's text for a URL that is none */
export function jmxUrl(options: JmxOptions): string {
  const url = options.value('jmx-url')!;
  if (!url.toLowerCase().startsWith('service:jmx:')) throw new Error('Service URL must start with service:jmx:');
  checkDateFormat(options.value('date-format') ?? '');
  return url;
}

/** What SimpleDateFormat says of a pattern. */
function checkDateFormat(pattern: string): void {
  const bare = pattern.replace(/'[^']*'/g, '');
  if (bare.includes("'")) throw new Error('Unterminated quote');
  for (const [letter] of bare.matchAll(/[A-Za-z]/g))
    if (!'GyMwWDdFEaHkKhmsSzZYuXL'.includes(letter)) throw new Error(`Illegal pattern character '${letter}'`);
}
