import { createInterface } from 'node:readline';
import { openAdmin } from '../cli/open-admin.ts';
import { UsageError } from '../cli/options/errors.ts';
import { parsePrincipal } from '../cli/options/principal.ts';
import { type AclsOptions, acls } from '../cli/options/scripts/acls.ts';
import { type AclsAction, checkAcls } from '../cli/options/scripts/acls-checks.ts';
import {
  addedAcls,
  askedAcls,
  checkOperations,
  operationsOf,
  patternsOf,
} from '../cli/options/scripts/acls-entries.ts';
import { type ScriptContext, scriptCommand } from '../cli/script-command.ts';
import { stackText } from '../cli/stack-text.ts';
import { withAdmin } from '../cli/with-admin.ts';
import type { Admin } from '../client/admin.ts';
import { JavaException } from '../tools/java-exception.ts';
import type { Report } from '../tools/report.ts';

type Context = ScriptContext<typeof acls>;

export default scriptCommand({
  script: acls,
  rewrite: ([first, ...rest]) =>
    first === 'explain' ? ['--explain', ...rest] : first === undefined ? [] : [first, ...rest],
  async run(context) {
    const { options, compat } = context;
    const action = checkAcls(options, compat.manner === 'kafka');
    const perform = ACTIONS[action](options, context);
    if (compat.manner === 'kafka' && options.has('command-config') && options.value('command-config') === undefined)
      context.notice('Did not load any properties since the property file is not specified');
    const connection = {
      bootstrapServer: options.value('bootstrap-server'),
      bootstrapController: options.value('bootstrap-controller'),
      commandConfig: options.value('command-config'),
    };
    return withAdmin(() => openAdmin(connection, context), perform);
  },
  failure: (error, { compat }) => ({ stdout: `Error while executing ACL command: ${stackText(error, compat)}` }),
});

/** What is asked for, read from the command line before there is a connection. */
type Action = (options: AclsOptions, context: Context) => (admin: Admin) => Promise<Report>;

const ACTIONS: Readonly<Record<AclsAction, Action>> = {
  add(options, { notice }) {
    const asked = addedAcls(options);
    return async (admin) => (await import('../tools/acls/add.ts')).addAcls(admin, asked, notice);
  },

  remove(options, context) {
    const asked = askedAcls(options);
    return async (admin) => {
      const { removeAcls } = await import('../tools/acls/remove.ts');
      if (options.has('force') || context.yes) return removeAcls(admin, asked, async () => true);
      const questions = askingOf(context);
      try {
        return await removeAcls(admin, asked, questions.ask);
      } finally {
        questions.close();
      }
    };
  },

  list(options) {
    const patterns = patternsOf(options, 'may');
    const principals = options.values('principal').map(parsePrincipal);
    return async (admin) => (await import('../tools/acls/list.ts')).listAcls(admin, patterns, principals);
  },

  explain(options) {
    const [pattern, ...more] = patternsOf(options, 'must');
    if (more.length > 0) throw new UsageError('explain is about one resource');
    const [operation, ...others] = operationsOf(options);
    if (!options.has('operation') || others.length > 0) throw new UsageError('explain needs one --operation');
    checkOperations(pattern!, [operation!]);
    const [principal, ...rest] = options.values('principal').map(parsePrincipal);
    if (principal === undefined || rest.length > 0) throw new UsageError('explain needs one --principal');
    const question = { principal, host: options.value('host'), operation: operation!, resource: pattern! };
    return async (admin) => (await import('../tools/acls/explain.ts')).explainAcls(admin, question);
  },
};

/** Questions on standard output, answers from standard input; Java has no console to read from but a terminal. */
function askingOf({ notice, compat }: Context) {
  const lines = createInterface({ input: process.stdin });
  const answers = lines[Symbol.asyncIterator]();
  return {
    async ask(question: string): Promise<boolean> {
      notice(question);
      if (compat.manner === 'kafka' && !process.stdin.isTTY) {
        const message =
          'Cannot invoke "java.io.Console.readLine()" because the return value of "java.lang.System.console()" is null';
        throw new JavaException('java.lang.NullPointerException', message);
      }
      const { value, done } = await answers.next();
      return done !== true && value.toLowerCase() === 'y';
    },
    close: () => lines.close(),
  };
}
