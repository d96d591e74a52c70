import { PropertiesFileError, readPropertiesFile } from '../cli/command-config.ts';
import { causedBy } from '../cli/failure-text.ts';
import { connectPluginPath, pluginPlaces } from '../cli/options/scripts/connect-plugin-path.ts';
import { NoJvmError, PluginPathError, ScanError } from '../cli/plugin-path/errors.ts';
import { pluginLocations } from '../cli/plugin-path/locations.ts';
import { listPlugins, syncManifests } from '../cli/plugin-path/scan.ts';
import { scriptCommand } from '../cli/script-command.ts';
import type { Failure } from '../cli/script-failure.ts';
import { JavaException } from '../tools/java-exception.ts';

const command = scriptCommand({
  script: connectPluginPath,
  async run({ options }) {
    const locations = pluginLocations(pluginPlaces(options), workerConfig);
    return options.commands[0] === 'list'
      ? listPlugins(locations)
      : syncManifests(locations, { dryRun: options.has('dry-run') });
  },
  failure(error, { compat }) {
    if (error instanceof PluginPathError) return { stderr: `${error.message}\n`, kafkaExit: 2 };
    if (error instanceof NoJvmError) return { stderr: `${error.message}\n`, kafkaExit: 3 };
    if (compat.manner === 'kafka') return thrown(error);
    return { stdout: compat.kafkaStreams ? soFar(error) : '', stderr: `${plain(error)}\n`, kafkaExit: 3 };
  },
});

export default { ...command, hidden: true };

function workerConfig(file: string): Record<string, string> {
  try {
    return readPropertiesFile(file);
  } catch (error) {
    if (error instanceof PropertiesFileError) throw new PluginPathError(`Unable to read worker config at ${file}`);
    throw new JavaException('java.lang.IllegalArgumentException', (error as Error).message);
  }
}

const soFar = (error: Error): string => (error instanceof ScanError ? error.printed : '');

/** Kafka's script prints what it got so far, then the exception, then its message again. */
const thrown = (error: Error): Failure => ({
  stdout: soFar(error),
  stderr: `${error}\n${causedBy(error)}\n${error.message}\n`,
  kafkaExit: 3,
});

const REASONS: Readonly<Record<string, string>> = {
  'java.io.FileNotFoundException': 'there is no such file or folder',
  'java.nio.file.NoSuchFileException': 'there is no such file or folder',
  'java.nio.file.NotDirectoryException': 'is neither a folder nor a jar',
  'java.nio.file.AccessDeniedException': 'may not be read',
};

/** The innermost reason without Java's names. */
function plain(error: Error): string {
  const reason = error.cause instanceof JavaException ? error.cause : error;
  const words = reason instanceof JavaException ? REASONS[reason.javaClass] : undefined;
  return words === undefined ? reason.message : `${reason.message}: ${words}`;
}
