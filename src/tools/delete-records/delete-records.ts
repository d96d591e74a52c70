import type { Admin, DeletedRecords, RecordsToDelete } from '../../client/admin.ts';
import type { Report } from '../report.ts';

/** `delete-records`. `onError` is told of each failure. */
export async function deleteRecords(
  admin: Pick<Admin, 'deleteRecords'>,
  requests: readonly RecordsToDelete[],
  onError: (failed: DeletedRecords) => void,
): Promise<Report> {
  const deleted = requests.length === 0 ? [] : await admin.deleteRecords(requests);
  for (const one of deleted) if (one.error !== undefined) onError(one);
  const line = ({ topic, partition, lowWatermark, error }: DeletedRecords) =>
    `partition: ${topic}-${partition}\t${error ? `error: ${error}` : `low_watermark: ${lowWatermark}`}\n`;
  return {
    data: deleted.map(({ topic, partition, lowWatermark, error }) => ({
      ...{ topic, partition, lowWatermark: error ? null : lowWatermark },
      ...(error && { error: String(error) }),
    })),
    text: `Executing records delete operation\nRecords delete operation completed:\n${deleted.map(line).join('')}`,
    table: {
      columns: ['Topic', 'Partition', 'Starts at', 'Error'],
      rows: deleted.map(({ topic, partition, lowWatermark, error }) => [
        ...[topic, partition, error ? '' : lowWatermark],
        error?.message ?? '',
      ]),
    },
    failed: deleted.some(({ error }) => error !== undefined),
    kafkaExit: 0,
  };
}
