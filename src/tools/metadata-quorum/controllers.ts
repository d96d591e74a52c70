import type { Admin } from '../../client/admin.ts';
import { type Files, nodeFiles } from '../../log/files.ts';
import type { Report } from '../report.ts';
import {
  type ControllerEndpoint,
  endpointsByName,
  endpointText,
  type ServerProperties,
  splitList,
} from '../server-properties.ts';
import { loadMeta } from '../storage/meta.ts';
import { wrapping } from '../wrapped-error.ts';

/** A controller of the metadata quorum. */
export interface Controller {
  readonly id: number;
  readonly directoryId: string;
}

const HINT = 'Is this a valid controller configuration file?';

/** The controller that its own server.properties and formatted directory describe. @throws Error with Kafka's text */
export function controllerIn(
  properties: ServerProperties,
  files: Files = nodeFiles,
): Controller & { readonly endpoints: readonly ControllerEndpoint[] } {
  const id = controllerId(properties);
  const directory = properties['metadata.log.dir'] ?? properties['log.dirs']?.trim().split(',')[0];
  if (directory === undefined) throw new Error(`Neither metadata.log.dir nor log.dirs were found. ${HINT}`);
  const { meta } = loadMeta(files, directory);
  if (!meta) throw new Error(`Unable to read meta.properties from ${directory}`);
  if (meta.directoryId === undefined) throw new Error(`No directory id found in ${directory}`);
  return { id, directoryId: meta.directoryId, endpoints: endpointsOf(properties) };
}

function controllerId(properties: ServerProperties): number {
  const text = properties['node.id'];
  if (text === undefined) throw new Error(`node.id not found in configuration file. ${HINT}`);
  if (!/^[+-]?\d+$/.test(text)) throw new Error(`For input string: "${text}"`);
  if (Number(text) < 0) throw new Error(`node.id was negative in configuration file. ${HINT}`);
  if (!(properties['process.roles'] ?? '').includes('controller'))
    throw new Error(`process.roles did not contain 'controller' in configuration file. ${HINT}`);
  return Number(text);
}

function endpointsOf(properties: ServerProperties): ControllerEndpoint[] {
  const known = endpointsByName(properties.listeners, properties['advertised.listeners']);
  const names = properties['controller.listener.names'];
  if (names === undefined) throw new Error(`controller.listener.names was not found. ${HINT}`);
  return splitList(names).map((name) => {
    const endpoint = known.get(name.toUpperCase());
    if (!endpoint) throw new Error(`Cannot find information about controller listener name: ${name.toUpperCase()}`);
    return { ...endpoint, host: endpoint.host || 'localhost' };
  });
}

/** `metadata-quorum add-controller`. `added` is false in a dry run. */
export async function addController(
  admin: Pick<Admin, 'addRaftVoter'>,
  controller: ReturnType<typeof controllerIn>,
  dryRun: boolean,
): Promise<Report> {
  const { id, directoryId } = controller;
  if (!dryRun) await wrapping(admin.addRaftVoter(controller));
  const endpoints = controller.endpoints.map(endpointText);
  const done = dryRun ? 'DRY RUN of adding' : 'Added';
  return {
    data: { controllerId: id, directoryId, endpoints: controller.endpoints, added: !dryRun },
    text: `${done} controller ${id} with directory id ${directoryId} and endpoints: ${endpoints.join(', ')}\n`,
  };
}

/** `metadata-quorum remove-controller`. `removed` is false in a dry run. */
export async function removeController(
  admin: Pick<Admin, 'removeRaftVoter'>,
  { id, directoryId }: Controller,
  dryRun: boolean,
): Promise<Report> {
  if (!dryRun) await wrapping(admin.removeRaftVoter({ id, directoryId }));
  const done = dryRun ? 'DRY RUN of removing ' : 'Removed ';
  return {
    data: { controllerId: id, directoryId, removed: !dryRun },
    text: `${done} KRaft controller ${id} with directory id ${directoryId}\n`,
  };
}
