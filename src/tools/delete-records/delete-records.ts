import type { Admin, DeletedRecords, RecordsToDelete } from '../../client/admin.ts';
import { KafkaError } from '../../protocol/errors.ts';
import type { Report } from '../report.ts';

const BEGINNING = 'Executing records delete operation\nRecords delete operation completed:\n';

/**
 * `delete-records`.
 * @param progress takes the lines that Kafka's script prints before it waits; the report is without them then
 */
export async function deleteRecords(
  admin: Pick<Admin, 'deleteRecords'>,
  requests: readonly RecordsToDelete[],
  progress?: (text: string) => void,
): Promise<Report> {
  progress?.(BEGINNING);
  let deleted: readonly DeletedRecords[];
  try {
    deleted = requests.length === 0 ? [] : await admin.deleteRecords(requests);
  } catch (error) {
    // The cluster could not be asked: Kafka's client answers so for each partition.
    if (!(error instanceof KafkaError)) throw error;
    deleted = requests.map(({ topic, partition }) => ({ topic, partition, lowWatermark: -1, error }));
  }
  const line = ({ topic, partition, lowWatermark, error }: DeletedRecords) =>
    `partition: ${topic}-${partition}\t${error ? `error: ${error}` : `low_watermark: ${lowWatermark}`}\n`;
  return {
    data: deleted.map(({ topic, partition, lowWatermark, error }) => ({
      ...{ topic, partition, lowWatermark: error ? null : lowWatermark },
      ...(error && { error: String(error) }),
    })),
    text: `${progress ? '' : BEGINNING}${deleted.map(line).join('')}`,
    table: {
      columns: ['Topic', 'Partition', 'Starts at', 'Error'],
      unordered: true,
      rows: deleted.map(({ topic, partition, lowWatermark, error }) => [
        ...[topic, partition, error ? '' : lowWatermark],
        error?.message ?? '',
      ]),
    },
    failed: deleted.some(({ error }) => error !== undefined),
    kafkaExit: 0,
  };
}
