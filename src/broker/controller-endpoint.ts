import type { ConnectionInfo } from './network/connection-info.ts';
import type { Services } from './services.ts';

/** Where the voter of a node is reached: the controller listener, or, without one, where a client came in. */
export function controllerEndpoint(
  services: Services,
  connection: ConnectionInfo,
): { name: string; host: string; port: number } {
  const { config } = services;
  const advertised = config.advertisedListeners.map(({ name }) => name);
  const controller = config.listeners.find(({ name }) => !advertised.includes(name));
  if (controller)
    return { name: controller.name, host: controller.host || connection.localAddress, port: controller.port };
  const { listenerName: name, host, port } = services.endpointFor(connection);
  return { name, host, port };
}
