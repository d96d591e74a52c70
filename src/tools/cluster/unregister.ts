import type { Admin } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { Report } from '../report.ts';

/** `cluster unregister`. Data: { broker, unregistered }. Throws what the cluster refuses. */
export async function unregisterBroker(admin: Pick<Admin, 'unregisterBroker'>, broker: number): Promise<Report> {
  try {
    await admin.unregisterBroker(broker);
    return { data: { broker, unregistered: true }, text: `Broker ${broker} is no longer registered.\n` };
  } catch (error) {
    if (!(error instanceof KafkaError && error.code === ErrorCode.UNSUPPORTED_VERSION)) throw error;
    return {
      data: { broker, unregistered: false },
      text: 'The target cluster does not support the broker unregistration API.\n',
      failed: true,
      kafkaExit: 0,
    };
  }
}
