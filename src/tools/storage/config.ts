// What kafka-storage needs of a server.properties, with the checks of KafkaConfig that concern it.
import { JavaException } from '../java-exception.ts';
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
  /** inter.broker.protocol.version, which older configurations say the release with. */
  readonly release: string | undefined;
  readonly allowsUnstable: boolean;
}

const configError = (message: string) => new JavaException('org.apache.kafka.common.config.ConfigException', message);
const illegal = (message: string) =>
  new JavaException('java.lang.IllegalArgumentException', `requirement failed: ${message}`);

/** @throws JavaException for a configuration that Kafka refuses */
export function storageConfig(properties: ServerProperties): StorageConfig {
  const roles = rolesOf(properties);
  const nodeId = nodeIdOf(properties);
  const logDirs = logDirsOf(properties);
  const metadataDirectory = properties['metadata.log.dir'] ?? logDirs[0] ?? '';
  const names = splitList(properties['controller.listener.names']);
  if (names.length === 0)
    throw configError('Missing required configuration "controller.listener.names" which has no default value.');
  const endpoints = endpointsByName(properties.listeners ?? 'PLAINTEXT://:9092', properties['advertised.listeners']);
  const endpoint = endpoints.get(names[0]!.toUpperCase());
  const isController = roles.includes('controller');
  if (isController && !endpoint)
    throw illegal(
      "controller.listener.names must contain at least one value appearing in the 'listeners' configuration when running the KRaft controller role",
    );
  const voters = splitList(properties['controller.quorum.voters']);
  if (voters.length === 0 && splitList(properties['controller.quorum.bootstrap.servers']).length === 0)
    throw configError(
      'If using process.roles, either controller.quorum.bootstrap.servers must contain the set of bootstrap controllers or controller.quorum.voters must contain a parseable set of controllers.',
    );
  return {
    nodeId,
    isController,
    hasStaticVoters: voters.length > 0,
    directories: [...new Set([...logDirs, metadataDirectory])].sort(),
    metadataDirectory,
    controllerListener: names[0]!.toUpperCase(),
    controllerEndpoint: endpoint && { ...endpoint, host: endpoint.host || 'localhost' },
    release: properties['inter.broker.protocol.version'],
    allowsUnstable: properties['unstable.feature.versions.enable']?.trim().toLowerCase() === 'true',
  };
}

function rolesOf(properties: ServerProperties): string[] {
  if (properties['process.roles'] === undefined)
    throw configError('Missing required configuration "process.roles" which has no default value.');
  const roles = splitList(properties['process.roles']);
  const unknown = roles.find((role) => role !== 'broker' && role !== 'controller');
  if (roles.length === 0)
    throw configError("Configuration 'process.roles' must not be empty. Valid values include: [broker, controller]");
  if (unknown !== undefined)
    throw configError(
      `Invalid value ${unknown} for configuration process.roles: String must be one of: broker, controller`,
    );
  return roles;
}

/** node.id, or broker.id, which stand for each other. */
function nodeIdOf(properties: ServerProperties): number {
  const text = (properties['node.id'] ?? properties['broker.id'])?.trim();
  if (text === undefined) throw configError('Missing required configuration "node.id" which has no default value.');
  if (!/^[+-]?\d+$/.test(text))
    throw configError(`Invalid value ${text} for configuration broker.id: Not a number of type INT`);
  if (Number(text) < 0) throw configError(`Invalid value ${text} for configuration node.id: Value must be at least 0`);
  return Number(text);
}
