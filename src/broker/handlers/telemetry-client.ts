import type { ClientAttributes } from '../telemetry/subscriptions.ts';
import type { RequestContext } from './define.ts';

/** What a match of a client metrics subscription can look at (ClientMetricsInstanceMetadata). */
export function attributesOf({ clientId, connection }: RequestContext, clientInstanceId: string): ClientAttributes {
  const { name, version } = connection.clientSoftware;
  return new Map([
    ['client_instance_id', clientInstanceId],
    ['client_id', clientId ?? ''],
    ['client_software_name', name],
    ['client_software_version', version],
    ['client_source_address', connection.clientHost.slice(1)],
    ['client_source_port', String(connection.clientPort)],
  ]);
}
