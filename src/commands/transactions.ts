import { PropertiesFileError } from '../cli/command-config.ts';
import { advice, causedBy } from '../cli/failure-text.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { type TransactionsOptions, transactions } from '../cli/options/scripts/transactions.ts';
import { checkTransactions } from '../cli/options/scripts/transactions-checks.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { ClientSetupError, withAdmin } from '../cli/with-admin.ts';
import type { Admin } from '../client/admin.ts';
import type { Report } from '../tools/report.ts';

export default scriptCommand({
  script: transactions,
  async run(context) {
    const { options } = context;
    const connection = {
      bootstrapServer: options.value('bootstrap-server'),
      commandConfig: options.value('command-config'),
    };
    return withAdmin(
      () => openAdmin(connection, context),
      (admin) => action(admin, options),
    );
  },
  failure(error, { compat }) {
    if (!(error instanceof ClientSetupError)) return { stderr: `${error.message}\n${advice(error, compat)}` };
    const { cause } = error;
    if (cause instanceof PropertiesFileError) {
      const failure = `Failed to load admin client properties: ${error.message}`;
      return { stderr: `${failure}. Enable debug logging for additional detail.\n` };
    }
    const thrown = compat.manner === 'kafka' ? `Exception in thread "main" ${cause}\n` : `${error.message}\n`;
    return { stderr: `${thrown}${causedBy(cause as Error)}` };
  },
});

async function action(admin: Admin, options: TransactionsOptions): Promise<Report> {
  const wanted = checkTransactions(options);
  switch (wanted.command) {
    case 'list':
      return (await import('../tools/transactions/list.ts')).listTransactions(admin, wanted.filter);
    case 'describe':
      return (await import('../tools/transactions/describe.ts')).describeTransaction(admin, wanted.id, Date.now);
    case 'describe-producers': {
      const { describeProducers } = await import('../tools/transactions/describe-producers.ts');
      return describeProducers(admin, wanted.partition, wanted.brokerId);
    }
    case 'abort':
      return (await import('../tools/transactions/abort.ts')).abortTransaction(admin, wanted.transaction);
    case 'find-hanging':
      return (await import('../tools/transactions/find-hanging.ts')).findHanging(admin, wanted.search, Date.now);
    case 'forceTerminateTransaction':
      return (await import('../tools/transactions/terminate.ts')).terminateTransaction(admin, wanted.id);
  }
}
