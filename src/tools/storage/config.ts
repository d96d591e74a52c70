// What kafka-storage needs of a server.properties.
import {
  type ControllerEndpoint,
  endpointsByName,
  logDirsOf,
  type ServerProperties,
  splitList,
} from '../server-properties.ts';

export interface StorageConfig {
  readonly nodeId: number;
  readonly isController: boolean;
  /** controller.quorum.voters is set: the quorum is static. */
  readonly hasStaticVoters: boolean;
  /** All of the node's directories, sorted, each once. */
  readonly directories: readonly string[];
  /** The one among them with the metadata log. */
  readonly metadataDirectory: string;
  readonly controllerListener: string;
  /** Where this controller is reached, undefined without a listener of its own. */
  readonly controllerEndpoint: ControllerEndpoint | undefined;
  readonly allowsUnstable: boolean;
}

/** @param properties as Kafka accepts them */
export function storageConfig(properties: ServerProperties): StorageConfig {
  const logDirs = logDirsOf(properties);
  const metadataDirectory = properties['metadata.log.dir'] ?? logDirs[0] ?? '';
  const controllerListener = splitList(properties['controller.listener.names'])[0]!.toUpperCase();
  const endpoints = endpointsByName(properties.listeners ?? 'PLAINTEXT://:9092', properties['advertised.listeners']);
  const endpoint = endpoints.get(controllerListener);
  return {
    nodeId: Number(properties['node.id'] ?? properties['broker.id']),
    isController: splitList(properties['process.roles']).includes('controller'),
    hasStaticVoters: splitList(properties['controller.quorum.voters']).length > 0,
    directories: [...new Set([...logDirs, metadataDirectory])].sort(),
    metadataDirectory,
    controllerListener,
    controllerEndpoint: endpoint && { ...endpoint, host: endpoint.host || 'localhost' },
    allowsUnstable: properties['unstable.feature.versions.enable']?.trim().toLowerCase() === 'true',
  };
}
