/** One option of the script that stands for a producer setting. */
export interface SettingOption {
  readonly config: string;
  /** Its value on the command line, or its default. */
  readonly value: string;
  /** Whether it is on the command line. */
  readonly given: boolean;
}

export interface ProducerSources {
  readonly bootstrapServers: string;
  /** --compression-codec: undefined when it is not given, '' when it names no codec. */
  readonly compressionCodec: string | undefined;
  /** --command-config with --command-property over it. */
  readonly properties: Readonly<Record<string, string>>;
  readonly options: readonly SettingOption[];
}

/**
 * The producer's settings (ConsoleProducer): an option that is given wins over a property, a property over an option's
 * default. Address and compression always come from the options: a `compression.type` property has no effect.
 */
export function producerProperties(sources: ProducerSources): Record<string, string> {
  const properties: Record<string, string> = {
    'client.id': 'console-producer',
    ...sources.properties,
    'bootstrap.servers': sources.bootstrapServers,
    'compression.type': sources.compressionCodec === undefined ? 'none' : sources.compressionCodec || 'gzip',
  };
  for (const { config, value, given } of sources.options) {
    if (given || properties[config] === undefined) properties[config] = value;
  }
  return properties;
}
