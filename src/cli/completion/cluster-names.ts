import type { Admin } from '../../client/admin.ts';
import { silentLogger } from '../../util/logger.ts';
import { clientProperties } from '../command-config.ts';
import { compatOf } from '../compat.ts';
import { readContexts } from '../contexts/store.ts';
import { visibleLine } from '../terminal/visible.ts';
import { withAdmin } from '../with-admin.ts';

// Somebody waits with a finger on the tab key.
const PATIENCE_MS = 1500;

/**
 * The contexts, or the topics or groups of the cluster that the words of a command line are about: their `--bootstrap-server`, else the default
 * address. None when it does not answer soon: completion has no place for errors.
 */
export async function clusterNames(
  kind: 'topics' | 'groups' | 'contexts',
  words: readonly string[],
): Promise<readonly string[]> {
  if (kind === 'contexts') return Object.keys(readContexts(process.env).contexts);
  const bootstrapServer = argumentOf(words, 'bootstrap-server');
  const { target } = compatOf(process.env);
  const connection = {
    bootstrapServer: bootstrapServer ?? target?.bootstrapServer,
    commandConfig:
      argumentOf(words, 'command-config') ?? (bootstrapServer === undefined ? target?.commandConfig : undefined),
  };
  const options = { timeoutMs: PATIENCE_MS };
  const names = async (admin: Admin) =>
    kind === 'topics'
      ? (await admin.listTopics(options)).map(({ name }) => name)
      : (await admin.listGroups(options)).map(({ groupId }) => groupId);
  const open = async () => {
    const { createAdmin } = await import('../../client/admin.ts');
    return createAdmin(clientProperties(connection), { logger: silentLogger, failFast: true });
  };
  // A name with control characters cannot be typed, and the shell would show them.
  const typable = (name: string) => visibleLine(name) === name;
  return withAdmin(open, names)
    .then((all) => all.filter(typable))
    .catch(() => []);
}

/** The argument of an option, written with a blank or an equals sign. */
function argumentOf(words: readonly string[], option: string): string | undefined {
  const at = words.findIndex((word) => word.replace(/^--?/, '') === option);
  if (at >= 0) return words[at + 1];
  return words.find((word) => word.startsWith(`--${option}=`))?.slice(option.length + 3);
}
