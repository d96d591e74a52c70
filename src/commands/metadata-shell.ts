import { KAFKA_COMMIT, KAFKA_VERSION } from '../cli/kafka-version.ts';
import { causes, logLine } from '../cli/log-lines.ts';
import { metadataShell } from '../cli/options/scripts/metadata-shell.ts';
import { Exit, scriptCommand } from '../cli/script-command.ts';
import { JavaException } from '../tools/java-exception.ts';

const READER = 'org.apache.kafka.metadata.util.SnapshotFileReader';

export default scriptCommand({
  script: metadataShell,
  async run({ options, compat, output, notice }) {
    const [{ loadMetadata }, { shellTree }, { Shell }] = await Promise.all([
      import('../tools/metadata-shell/load.ts'),
      import('../tools/metadata-shell/tree.ts'),
      import('../tools/metadata-shell/shell.ts'),
    ]);
    const words = options.values('command');
    const { image, provenance } = await loadMetadata(options.value('snapshot')!, {
      onLocked: words.length === 0 ? () => output.print('Loading...') : undefined,
      onIgnored(text, cause) {
        if (compat.manner !== 'kafka') return;
        output.warn(logLine('ERROR', text, READER));
        if (cause) output.warn(causes(cause));
      },
    });
    const root = shellTree(image, provenance, { version: KAFKA_VERSION, commitId: KAFKA_COMMIT });
    if (words.length > 0) {
      const lines: string[] = [];
      try {
        for (const line of new Shell(root).run(words)) lines.push(line);
      } catch (error) {
        lines.forEach(notice);
        throw error;
      }
      return { data: lines, text: lines.map((line) => `${line}\n`).join('') };
    }
    output.print('Starting...');
    const { typeCommands } = await import('../cli/metadata-shell.ts');
    await typeCommands(
      new Shell(root, { interactive: { width: output.isTerminal ? output.width : undefined } }),
      process.stdin,
      output,
    );
    return new Exit(0);
  },
  failure(error, { compat }) {
    const text = error.message.replace(/^java\.nio\.file\.NoSuchFileException: /, '');
    if (compat.manner !== 'kafka')
      return { stderr: `${error instanceof JavaException ? `There is no file ${text}` : text}\n` };
    const thrown =
      error instanceof JavaException ? error : new JavaException('java.lang.RuntimeException', error.message);
    const cause = text === error.message ? '' : `Caused by: ${error.message}\n`;
    return { stderr: `Unexpected error: ${error.message}\n${thrown}\n${cause}` };
  },
});
