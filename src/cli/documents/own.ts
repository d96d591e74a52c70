import type { Documents } from './document.ts';

const CONTEXT = 'name: string, bootstrapServer: string, commandConfig: string|null, inUse: boolean';
const BROKER =
  'pid: number, nodeId: number, processRoles: string|null, address: string, port: number, dataDir: string|null, clusterId: string, nodes?: [{nodeId: number, address: string, port: number, running: boolean}]';
const NODE = '{nodeId: number, address: string, port: number, running: boolean}';
const NO_WORKER = 'it never starts a worker, so there is no result';

/** Of what ktool has beside Kafka's scripts, and of scripts without a result. */
export const ownDocuments: Documents = {
  'server start': { lines: [`{${BROKER}}`] },
  'server start --broker': NODE,
  'server status': `[{${BROKER}}]`,
  'server stop': `[{${BROKER}, stopped: boolean}]`,
  'server stop --broker': NODE,
  'context add': `{${CONTEXT}}`,
  'context list': `[{${CONTEXT}}]`,
  'context show': `{${CONTEXT}, settings: {*: string}}`,
  'context use': '{current: string|null}',
  'context remove': '{name: string, removed: boolean}',
  'certs create':
    '{directory: string, ca: string, caWasThere: boolean, serverProperties: string, clients: [{client: string, properties: string}]}',
  'dist init': '{home: string, scripts: number, kept: [string]}',
  completion: { none: 'it prints a script for a shell' },
  jmx: { none: 'it has no result: ktool does not speak JMX' },
  'connect-plugin-path list': '{plugins: number, loadable: number, compatible: number}',
  'connect-plugin-path sync-manifests': '{dryRun: boolean, changes: number}',
  'connect-standalone': { none: NO_WORKER },
  'connect-distributed': { none: NO_WORKER },
  'connect-mirror-maker': { none: NO_WORKER },
};
