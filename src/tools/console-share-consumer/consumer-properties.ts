import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';

export interface ShareConsumerSources {
  readonly bootstrapServers: string;
  /** --command-config. */
  readonly file: Readonly<Record<string, string>>;
  /** --command-property. */
  readonly properties: ReadonlyMap<string, string>;
  readonly group: string | undefined;
  /** Makes the error for a mistake that Kafka's script answers with its option table. */
  usage(message: string): Error;
}

/** The share consumer's settings (ConsoleShareConsumerOptions). What is printed is acknowledged one by one. */
export function shareConsumerProperties(sources: ShareConsumerSources): Record<string, string> {
  const { bootstrapServers, file, properties } = sources;
  return {
    'client.id': 'console-share-consumer',
    ...file,
    ...Object.fromEntries(properties),
    'bootstrap.servers': bootstrapServers,
    'group.id': groupOf(sources),
    'share.acknowledgement.mode': 'explicit',
  };
}

/** The group, which may be named in three places if they agree. */
function groupOf({ group, file, properties, usage }: ShareConsumerSources): string {
  const places = [group, file['group.id'], properties.get('group.id')].filter((place) => place !== undefined);
  const groups = new Set(places);
  if (groups.size <= 1) return places[0] ?? 'console-share-consumer';
  const detected = hashMapOrder(groups, javaStringHash).map((name) => `'${name}'`);
  throw usage(
    `The group ids provided in different places (directly using '--group', via '--consumer-property', or via '--consumer-config') do not match. Detected group ids: ${detected.join(', ')}`,
  );
}
