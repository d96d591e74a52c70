import { replaceFile } from '../../log/atomic-file.ts';
import { type Files, nodeFiles } from '../../log/files.ts';
import { writeMetaProperties } from '../../log/meta-properties.ts';
import { BOOTSTRAP_CHECKPOINT, bootstrapCheckpoint } from '../../protocol/state/bootstrap-checkpoint.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { randomUuid, uuidToBytes } from '../../util/uuid.ts';
import { fileException } from '../file-exception.ts';
import { JavaException } from '../java-exception.ts';
import type { Report } from '../report.ts';
import {
  type Bootstrap,
  bootstrapOf,
  bootstrapText,
  bootstrapValues,
  VOTERS_CHECKPOINT,
  votersCheckpoint,
} from './bootstrap.ts';
import type { StorageConfig } from './config.ts';
import { type EffectiveLevels, effectiveLevels } from './levels.ts';
import { loadMeta, META_LOGGER, type StoredMeta } from './meta.ts';
import { FormatRefused } from './refused.ts';
import { parseScram } from './scram.ts';
import { type InitialController, parseControllers } from './voters.ts';

export interface FormatRequest {
  readonly clusterId: string;
  readonly ignoreFormatted: boolean;
  readonly release: string | undefined;
  readonly levels: ReadonlyMap<string, number>;
  readonly scram: readonly string[];
  readonly standalone: boolean;
  readonly noInitialControllers: boolean;
  /** The argument of --initial-controllers. */
  readonly initialControllers: string | undefined;
}

/** Where it is said what happens on the way. */
export interface FormatEvents {
  /** A line for standard output of a format that comes to no result. */
  notice(line: string): void;
  log(level: 'ERROR', text: string, logger: string, cause: Error): void;
}

/** The first version of metadata that keeps SCRAM credentials, 3.5-IV2. */
const SCRAM_SINCE = 11;

/**
 * `storage format`: gives the directories that have none an identity, and a new cluster what it begins with. Data: { formatted:
 * [{ directory, kind, directoryId }], clusterId, nodeId, metadataVersion, features }; nothing is formatted twice.
 * @throws FormatRefused, UnknownMetadataVersion or JavaException with Kafka's text; nothing was written then, unless a
 * directory is the reason that could not be
 */
export function formatStorage(
  request: FormatRequest,
  config: StorageConfig,
  {
    files = nodeFiles,
    nowMs,
    events,
  }: { readonly files?: Files; readonly nowMs: number; readonly events: FormatEvents },
): Report {
  const controllers = controllersOf(request, config);
  const hasFlag = controllers !== undefined || request.noInitialControllers;
  const levels = effectiveLevels({
    release: request.release,
    levels: request.levels,
    hasDynamicQuorum: hasFlag && !config.hasStaticVoters,
    allowsUnstable: config.allowsUnstable,
  });
  if (request.scram.length > 0 && levels.metadataVersion.level < SCRAM_SINCE)
    throw new FormatRefused('SCRAM is only supported in metadata.version 3.5-IV2 or later.');
  const bootstrap = bootstrapOf(levels, request.scram.map(parseScram));
  const { empty, failed } = unformatted(request, config, { files, events });
  const lines = failed.map((directory) => `I/O error trying to read log directory ${directory}. Ignoring...`);
  const refuse = (message: string) => {
    for (const line of lines) events.notice(line);
    return new FormatRefused(message);
  };
  if (failed.length > 0 && failed.length === new Set(config.directories).size)
    throw refuse('No available log directories to format.');
  const place = { files, nowMs, config, clusterId: request.clusterId, levels, bootstrap, controllers };
  if (empty.length === 0) lines.push('All of the log directories are already formatted.');
  else lines.push(`Bootstrap metadata: ${bootstrapText(bootstrap)}`);
  const formatted = empty.map((directory) => {
    const kind = kindOf(directory, config, controllers);
    lines.push(`Formatting ${kind} ${directory} with metadata.version ${levels.metadataVersion.name}.`);
    try {
      return { directory, kind, directoryId: formatDirectory(directory, place) };
    } catch (error) {
      throw refuse(`Error while writing meta.properties file ${directory}: ${fileException(error as Error)}`);
    }
  });
  return {
    data: {
      formatted,
      clusterId: request.clusterId,
      nodeId: config.nodeId,
      metadataVersion: levels.metadataVersion.name,
      features: Object.fromEntries(bootstrap.features.map(({ name, featureLevel }) => [name, featureLevel])),
    },
    text: lines.map((line) => `${line}\n`).join(''),
  };
}

/** Who votes first, as far as the command line says so. */
function controllersOf(request: FormatRequest, config: StorageConfig): readonly InitialController[] | undefined {
  const { standalone, initialControllers, noInitialControllers } = request;
  const isTold = standalone || initialControllers !== undefined;
  if (isTold && config.hasStaticVoters)
    throw new FormatRefused(
      'You cannot specify controller.quorum.voters and format the node with --initial-controllers or --standalone. If you want to use dynamic quorum, please remove controller.quorum.voters and specify controller.quorum.bootstrap.servers instead.',
    );
  if (standalone) return [thisController(config)];
  if (initialControllers !== undefined) return parseControllers(initialControllers);
  if (config.isController && !config.hasStaticVoters && !noInitialControllers)
    throw new FormatRefused(
      'Because controller.quorum.voters is not set on this controller, you must specify one of the following: --standalone, --initial-controllers, or --no-initial-controllers.',
    );
  return undefined;
}

function thisController({ isController, nodeId, controllerEndpoint }: StorageConfig): InitialController {
  if (!isController) throw new FormatRefused('You can only use --standalone on a controller.');
  if (!controllerEndpoint) throw new JavaException('java.lang.RuntimeException', 'No controller listeners found.');
  const { host, port } = controllerEndpoint;
  return { nodeId, host, port, directoryId: randomUuid() };
}

/** Kafka keeps directories in hash tables, and goes through them in their order. */
const inHashOrder = <T extends { readonly directory: string }>(found: readonly T[]): T[] =>
  hashMapOrder(found, ({ directory }) => javaStringHash(directory));

/** The directories to format, and those that cannot be read. */
function unformatted(
  { clusterId, ignoreFormatted }: FormatRequest,
  { directories, nodeId }: StorageConfig,
  { files, events }: { readonly files: Files; readonly events: FormatEvents },
): { empty: string[]; failed: string[] } {
  const loaded = [...new Set(directories)].sort().map((directory) => ({ directory, ...loadMeta(files, directory) }));
  for (const { directory, failure } of loaded)
    if (failure)
      events.log(
        'ERROR',
        `Error while reading meta.properties file ${directory}/meta.properties`,
        META_LOGGER,
        failure,
      );
  verify(loaded, clusterId, nodeId);
  const [first] = inHashOrder(loaded.filter(({ meta }) => meta !== undefined));
  if (first && !ignoreFormatted)
    throw new FormatRefused(
      `Log directory ${first.directory} is already formatted. Use --ignore-formatted to ignore this directory and format the others.`,
    );
  return {
    empty: inHashOrder(loaded.filter(({ meta, failure }) => !meta && !failure)).map(({ directory }) => directory),
    failed: inHashOrder(loaded.filter(({ failure }) => failure)).map(({ directory }) => directory),
  };
}

interface Found {
  readonly directory: string;
  readonly meta: StoredMeta | undefined;
}

const refuse = (message: string) => new JavaException('java.lang.RuntimeException', message);

/** Directories must be this node's, of this cluster, and each have an id of its own (MetaPropertiesEnsemble.verify). */
function verify(found: readonly Found[], clusterId: string, nodeId: number): void {
  const owners = new Map<string, string>();
  for (const { directory, meta } of found) {
    if (!meta) continue;
    checkOwner(meta, `${directory}/meta.properties`, clusterId, nodeId);
    const { directoryId } = meta;
    if (directoryId === undefined) continue;
    if (isReserved(directoryId)) throw refuse(`Invalid reserved directory ID ${directoryId} found in ${directory}`);
    const owner = owners.get(directoryId);
    if (owner !== undefined)
      throw refuse(
        `Duplicate directory ID Optional[${directoryId}] found. It was the ID of ${owner}, but also of ${directory}`,
      );
    owners.set(directoryId, directory);
  }
}

function checkOwner(meta: StoredMeta, file: string, clusterId: string, nodeId: number): void {
  if (meta.clusterId !== undefined && meta.clusterId !== clusterId)
    throw refuse(`Invalid cluster.id in: ${file}. Expected ${clusterId}, but read ${meta.clusterId}`);
  if (meta.nodeId !== undefined && meta.nodeId !== nodeId)
    throw refuse(
      `Stored node id ${meta.nodeId} doesn't match previous node id ${nodeId} in ${file}. If you moved your data, make sure your configured node id matches. If you intend to create a new node, you should remove all data in your data directories.`,
    );
}

/** The first hundred ids stand for no directory (DirectoryId.reserved). */
function isReserved(directoryId: string): boolean {
  const bytes = uuidToBytes(directoryId);
  return bytes.readBigUInt64BE(0) === 0n && bytes.readBigInt64BE(8) < 100n;
}

type Kind = 'data directory' | 'metadata directory' | 'dynamic metadata directory' | 'dynamic metadata voter directory';

function kindOf(
  directory: string,
  { metadataDirectory, nodeId }: StorageConfig,
  controllers: readonly InitialController[] | undefined,
): Kind {
  if (directory !== metadataDirectory) return 'data directory';
  if (!controllers) return 'metadata directory';
  return controllers.some((each) => each.nodeId === nodeId)
    ? 'dynamic metadata voter directory'
    : 'dynamic metadata directory';
}

interface Place {
  readonly files: Files;
  readonly nowMs: number;
  readonly config: StorageConfig;
  readonly clusterId: string;
  readonly levels: EffectiveLevels;
  readonly bootstrap: Bootstrap;
  readonly controllers: readonly InitialController[] | undefined;
}

/** meta.properties comes last: with it, the directory is formatted. Answers the directory's id. */
function formatDirectory(directory: string, place: Place): string {
  const { files, nowMs, config, controllers } = place;
  files.makeDirectory(directory);
  const write = (name: string, content: Buffer) => replaceFile(files, `${directory}/${name}`, content, { sync: true });
  write(BOOTSTRAP_CHECKPOINT, bootstrapCheckpoint(bootstrapValues(place.bootstrap), nowMs));
  const isMetadata = directory === config.metadataDirectory;
  if (isMetadata && controllers) {
    files.makeDirectory(`${directory}/__cluster_metadata-0`);
    const kRaftVersion = place.levels.levels.get('kraft.version') ?? 1;
    write(VOTERS_CHECKPOINT, votersCheckpoint(controllers, config.controllerListener, kRaftVersion, nowMs));
  }
  const voter = isMetadata ? controllers?.find((each) => each.nodeId === config.nodeId) : undefined;
  const directoryId = voter?.directoryId ?? randomUuid();
  writeMetaProperties(files, directory, { clusterId: place.clusterId, nodeId: config.nodeId, directoryId });
  return directoryId;
}
