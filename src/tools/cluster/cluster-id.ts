import type { Admin } from '../../client/admin.ts';
import type { Report } from '../report.ts';

/** `cluster cluster-id`. Data: { clusterId }, null if the cluster has none. */
export async function clusterId(admin: Pick<Admin, 'describeCluster'>): Promise<Report> {
  const { clusterId } = await admin.describeCluster();
  return {
    data: { clusterId },
    text:
      clusterId === null
        ? 'No cluster ID found. The Kafka version is probably too old.\n'
        : `Cluster ID: ${clusterId}\n`,
  };
}
