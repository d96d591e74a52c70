import { PropertiesFileError, readPropertiesFile } from '../cli/command-config.ts';
import { uncaught } from '../cli/failure-text.ts';
import { causes, logLine } from '../cli/log-lines.ts';
import { parseFeatureLevel } from '../cli/options/scripts/features.ts';
import { parseFeatureVersion, type StorageOptions, storage } from '../cli/options/scripts/storage.ts';
import type { Output } from '../cli/output.ts';
import { type ScriptContext, scriptCommand } from '../cli/script-command.ts';
import { JavaException } from '../tools/java-exception.ts';
import type { Report } from '../tools/report.ts';
import type { FormatEvents } from '../tools/storage/format.ts';
import { randomUuid } from '../util/uuid.ts';

export default scriptCommand({
  script: storage,
  run: action,
  failure(error, { compat }) {
    if (error instanceof PropertiesFileError)
      return compat.manner === 'kafka'
        ? uncaught(new JavaException('java.nio.file.NoSuchFileException', error.message))
        : { stderr: `${error.message}: there is no such file\n` };
    if (error instanceof JavaException && compat.manner === 'kafka') return uncaught(error);
    return { stderr: `${error.message}\n` };
  },
});

async function action({ options, compat, output, notice }: ScriptContext<typeof storage>): Promise<Report> {
  switch (options.commands[0]) {
    case 'random-uuid': {
      const uuid = randomUuid();
      return { data: { uuid }, text: `${uuid}\n` };
    }
    case 'version-mapping':
      return (await import('../tools/features/mapping.ts')).versionMapping(options.value('release-version'));
    case 'feature-dependencies': {
      const { featureDependencies } = await import('../tools/features/mapping.ts');
      const noLevel = (name: string, level: number) => `Feature level ${level} is not supported for feature ${name}`;
      return featureDependencies(options.values('feature').map(parseFeatureVersion), noLevel);
    }
  }
  const { storageConfig } = await import('../tools/storage/config.ts');
  const properties = readPropertiesFile(options.value('config')!);
  await checkConfig(properties, output);
  const config = storageConfig(properties);
  if (options.commands[0] === 'info') {
    const { storageInfo } = await import('../tools/storage/info.ts');
    return storageInfo(config.directories, { withExceptions: compat.manner === 'kafka' });
  }
  const { formatStorage } = await import('../tools/storage/format.ts');
  const request = {
    clusterId: options.value('cluster-id')!,
    ignoreFormatted: options.has('ignore-formatted'),
    release: options.value('release-version'),
    levels: levelsOf(options),
    scram: options.values('add-scram'),
    standalone: options.has('standalone'),
    noInitialControllers: options.has('no-initial-controllers'),
    initialControllers: options.value('initial-controllers'),
  };
  const events: FormatEvents = {
    notice,
    log(level, text, logger, cause) {
      output.warn(logLine(level, text, logger));
      output.warn(causes(cause));
    },
  };
  return formatStorage(request, config, { nowMs: Date.now(), events });
}

/** @throws JavaException for a configuration that Kafka refuses */
async function checkConfig(properties: Readonly<Record<string, string>>, output: Output): Promise<void> {
  const { checkAsKafka } = await import('../broker/config/kafka-config.ts');
  const { KafkaConfigError } = await import('../broker/config/kafka-config-error.ts');
  try {
    checkAsKafka(properties, (text) => output.warn(logLine('WARN', text, 'org.apache.kafka.common.config.ConfigDef')));
  } catch (error) {
    throw error instanceof KafkaConfigError ? new JavaException(error.javaClass, error.message) : error;
  }
}

function levelsOf(options: StorageOptions): Map<string, number> {
  try {
    return new Map(
      options
        .values('feature')
        .map(parseFeatureLevel)
        .map(({ name, level }) => [name, level]),
    );
  } catch (error) {
    throw new JavaException('java.lang.RuntimeException', (error as Error).message);
  }
}
