import type { Admin, TransactionFilter } from '../../client/admin.ts';
import type { Report } from '../report.ts';
import { tabbedTable } from '../tabbed-table.ts';
import { trying } from './refused.ts';

/** `transactions list`. */
export async function listTransactions(
  admin: Pick<Admin, 'listTransactions'>,
  filter: TransactionFilter,
): Promise<Report> {
  const listed = await trying('Failed to list transactions', admin.listTransactions(filter));
  const rows = listed.map(({ transactionalId, coordinatorId, producerId, state }) => [
    transactionalId,
    String(coordinatorId),
    String(producerId),
    state,
  ]);
  return {
    data: listed.map(({ transactionalId, coordinatorId, producerId, state }) => ({
      ...{ transactionalId, coordinatorId, producerId, state },
    })),
    text: tabbedTable(['TransactionalId', 'Coordinator', 'ProducerId', 'TransactionState'], rows),
    table: {
      columns: ['Transactional id', 'Coordinator', 'Producer', 'State'],
      unordered: true,
      rows: listed.map((each) => [each.transactionalId, each.coordinatorId, each.producerId, each.state]),
    },
  };
}
