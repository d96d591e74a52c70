import type { Documents } from './document.ts';

const API = '{key: number, name: string, minVersion: number|null, maxVersion: number|null, usable: number|null}';
const ENDPOINTS = '[{name: string, host: string, port: number}]';
const QUORUM_NODES = `[{id: number, directoryId: string|null, endpoints: ${ENDPOINTS}}]`;
const ENTRY =
  '{resourceType: string, resourceName: string, patternType: string, principal: string, host: string, operation: string, permissionType: string}';
const TOKEN =
  '{tokenId: string, hmac: string, owner: string, requester: string, renewers: [string], issueTimestamp: number, expiryTimestamp: number, maxTimestamp: number}';
const FEATURE_LEVELS = '{*: number}';
const MAPPING = `{release: string, features: ${FEATURE_LEVELS}}`;
const DEPENDENCIES = `[{feature: string, level: number, requires: ${FEATURE_LEVELS}}]`;
const UPDATED = '[{feature: string, level: number, updated: boolean, dryRun: boolean, error?: string}]';

/** Of the cluster itself, who may use it, and the directories of its brokers. */
export const clusterDocuments: Documents = {
  'cluster cluster-id': '{clusterId: string}',
  'cluster list-endpoints':
    '[{id: number, host: string, port: number, rack: string|null, state: string|null, type: string}]',
  'cluster unregister': '{broker: number, unregistered: boolean}',
  'broker-api-versions': `[{id: number, host: string, port: number, rack: string|null, apis: [${API}], error?: string}]`,
  'features describe':
    '[{feature: string, supportedMinVersion: number, supportedMaxVersion: number, finalizedVersionLevel: number, epoch: number|null}]',
  'features upgrade': UPDATED,
  'features downgrade': UPDATED,
  'features disable': UPDATED,
  'features version-mapping': MAPPING,
  'features feature-dependencies': DEPENDENCIES,
  'metadata-quorum describe --status': `{clusterId: string, leaderId: number, leaderEpoch: number, highWatermark: number, maxFollowerLag: number, maxFollowerLagTimeMs: number|null, voters: ${QUORUM_NODES}, observers: ${QUORUM_NODES}}`,
  'metadata-quorum describe --replication':
    "[{nodeId: number, directoryId: string|null, logEndOffset: number, lag: number, lastFetchTimestamp: number|null, lastCaughtUpTimestamp: number|null, status: 'Leader'|'Follower'|'Observer'}]",
  'metadata-quorum add-controller': `{controllerId: number, directoryId: string, endpoints: ${ENDPOINTS}, added: boolean}`,
  'metadata-quorum remove-controller': '{controllerId: number, directoryId: string, removed: boolean}',
  'acls --list': `[${ENTRY}]`,
  'acls --add': `{added: [${ENTRY}]}`,
  'acls --remove': `{removed: [${ENTRY}]}`,
  'acls --explain': `{allowed: boolean|null, decidedBy: ${ENTRY}|null, others: [{entry: ${ENTRY}, reason: string}], notKnown: [string]}`,
  'delegation-tokens --create': TOKEN,
  'delegation-tokens --describe': `[${TOKEN}]`,
  'delegation-tokens --renew': '{expiryTimestamp: number}',
  'delegation-tokens --expire': '{expiryTimestamp: number}',
  'storage random-uuid': '{uuid: string}',
  'storage info': `{directories: [string], metadata: {*: string}|null, problems: [string]}`,
  'storage format': `{formatted: [{directory: string, kind: string, directoryId: string}], clusterId: string, nodeId: number, metadataVersion: string, features: ${FEATURE_LEVELS}}`,
  'storage version-mapping': MAPPING,
  'storage feature-dependencies': DEPENDENCIES,
  'metadata-shell': '[string]',
};
