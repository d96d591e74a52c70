import type { Admin, QuorumDescription, QuorumReplica } from '../../client/admin.ts';
import { ZERO_UUID } from '../../util/uuid.ts';
import { JavaException } from '../java-exception.ts';
import type { Report, Table } from '../report.ts';
import { type ControllerEndpoint, endpointText } from '../server-properties.ts';
import { tabbedTable } from '../tabbed-table.ts';
import { wrapping } from '../wrapped-error.ts';

/** `metadata-quorum describe --status`. In the data a directory id, or a time, that is not known is null. */
export async function describeStatus(admin: Pick<Admin, 'describeCluster' | 'describeQuorum'>): Promise<Report> {
  const { clusterId } = await wrapping(admin.describeCluster());
  const quorum = await wrapping(admin.describeQuorum());
  const leader = leaderOf(quorum);
  const slowest = quorum.voters.reduce((a, b) => (b.logEndOffset < a.logEndOffset ? b : a));
  const data = {
    clusterId,
    leaderId: quorum.leaderId,
    leaderEpoch: quorum.leaderEpoch,
    highWatermark: quorum.highWatermark,
    maxFollowerLag: leader.logEndOffset - slowest.logEndOffset,
    maxFollowerLagTimeMs: slowest === leader ? 0 : lagMs(leader, slowest),
    voters: quorum.voters.map((voter) => shown(quorum, voter)),
    observers: quorum.observers.map((observer) => shown(quorum, observer)),
  };
  const lines = [
    ['ClusterId:', clusterId],
    ['LeaderId:', data.leaderId],
    ['LeaderEpoch:', data.leaderEpoch],
    ['HighWatermark:', data.highWatermark],
    ['MaxFollowerLag:', data.maxFollowerLag],
    ['MaxFollowerLagTimeMs:', data.maxFollowerLagTimeMs ?? -1],
    ['CurrentVoters:', nodesText(data.voters)],
    ['CurrentObservers:', nodesText(data.observers)],
  ] as const;
  return {
    data,
    text: lines.map(([label, value]) => `${label.padEnd(24)}${value}\n`).join(''),
    table: statusTable(data),
  };
}

/**
 * `metadata-quorum describe --replication`. In the data what is not known is null.
 * @param clock with it, times are shown as so many milliseconds ago
 * @param isStrict refuses times that are still to come by that clock
 * @throws JavaException for those
 */
export async function describeReplication(
  admin: Pick<Admin, 'describeQuorum'>,
  clock: (() => number) | undefined,
  isStrict = false,
): Promise<Report> {
  const quorum = await wrapping(admin.describeQuorum());
  const nowMs = clock?.();
  const leader = leaderOf(quorum);
  const followers = quorum.voters.filter((voter) => voter !== leader);
  const replicas = [
    ...[leader].map((replica) => ({ replica, status: 'Leader' })),
    ...followers.map((replica) => ({ replica, status: 'Follower' })),
    ...quorum.observers.map((replica) => ({ replica, status: 'Observer' })),
  ];
  const time = (ms: number, what: string): string => {
    if (ms < 0 || nowMs === undefined) return String(Math.max(ms, -1));
    if (isStrict && (ms === 0 || ms > nowMs)) throw drifted(nowMs, what, ms);
    return `${nowMs - ms} ms ago`;
  };
  const rows = replicas.map(({ replica, status }) => [
    String(replica.replicaId),
    replica.directoryId,
    String(replica.logEndOffset),
    String(leader.logEndOffset - replica.logEndOffset),
    time(replica.lastFetchTimestamp, 'last fetch'),
    time(replica.lastCaughtUpTimestamp, 'last caught up'),
    status,
  ]);
  const headers = [
    ...['NodeId', 'DirectoryId', 'LogEndOffset', 'Lag'],
    ...['LastFetchTimestamp', 'LastCaughtUpTimestamp', 'Status'],
  ];
  return {
    data: replicas.map(({ replica, status }) => ({
      nodeId: replica.replicaId,
      directoryId: directoryOf(replica),
      logEndOffset: replica.logEndOffset,
      lag: leader.logEndOffset - replica.logEndOffset,
      lastFetchTimestamp: replica.lastFetchTimestamp < 0 ? null : replica.lastFetchTimestamp,
      lastCaughtUpTimestamp: replica.lastCaughtUpTimestamp < 0 ? null : replica.lastCaughtUpTimestamp,
      status,
    })),
    text: tabbedTable(headers, rows),
    table: {
      columns: ['Node', 'Directory', 'End', 'Lag', 'Last fetch', 'Last caught up', 'Status'],
      units: [undefined, undefined, 'count', 'count', 'time', 'time'],
      rows: replicas.map(({ replica, status }) => [
        replica.replicaId,
        directoryOf(replica) ?? '-',
        replica.logEndOffset,
        leader.logEndOffset - replica.logEndOffset,
        ...[replica.lastFetchTimestamp, replica.lastCaughtUpTimestamp].map((ms) => moment(ms, nowMs)),
        status,
      ]),
    },
  };
}

const drifted = (nowMs: number, what: string, ms: number): JavaException =>
  new JavaException(
    'org.apache.kafka.common.KafkaException',
    `Error while computing relative time, possible drift in system clock.\nCurrent timestamp is ${nowMs}, ${what} timestamp is ${ms}`,
  );

const moment = (ms: number, nowMs: number | undefined): number | string =>
  ms < 0 ? '-' : nowMs === undefined ? ms : `${nowMs - ms} ms ago`;

interface Status {
  readonly clusterId: string | null;
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly highWatermark: number;
  readonly maxFollowerLag: number;
  readonly voters: readonly ShownNode[];
  readonly observers: readonly ShownNode[];
}

function statusTable(status: Status): Table {
  const row = (role: string) => (node: ShownNode) => [
    node.id,
    node.id === status.leaderId ? 'leader' : role,
    node.directoryId ?? '-',
    node.endpoints.map(endpointText).join(' ') || '-',
  ];
  return {
    title: `${status.clusterId}  (epoch ${status.leaderEpoch}, high watermark ${status.highWatermark}, followers lag ${status.maxFollowerLag})`,
    columns: ['Node', 'Role', 'Directory', 'Endpoints'],
    rows: [...status.voters.map(row('voter')), ...status.observers.map(row('observer'))],
  };
}

function leaderOf({ leaderId, voters }: QuorumDescription): QuorumReplica {
  const leader = voters.find(({ replicaId }) => replicaId === leaderId);
  if (!leader) throw new Error('No value present');
  return leader;
}

const lagMs = (leader: QuorumReplica, slowest: QuorumReplica): number | null =>
  leader.lastCaughtUpTimestamp < 0 || slowest.lastCaughtUpTimestamp < 0
    ? null
    : leader.lastCaughtUpTimestamp - slowest.lastCaughtUpTimestamp;

const directoryOf = ({ directoryId }: QuorumReplica): string | null => (directoryId === ZERO_UUID ? null : directoryId);

interface ShownNode {
  readonly id: number;
  readonly directoryId: string | null;
  readonly endpoints: readonly ControllerEndpoint[];
}

const shown = ({ nodes }: QuorumDescription, replica: QuorumReplica): ShownNode => ({
  id: replica.replicaId,
  directoryId: directoryOf(replica),
  endpoints: (nodes.get(replica.replicaId) ?? []).map(({ name, host, port }) => ({ name, host, port })),
});

function nodesText(nodes: readonly ShownNode[]): string {
  const texts = nodes.map(({ id, directoryId, endpoints }) => {
    const parts = [`"id": ${id}`];
    if (directoryId !== null) parts.push(`"directoryId": "${directoryId}"`);
    if (endpoints.length > 0)
      parts.push(`"endpoints": [${endpoints.map((each) => `"${endpointText(each)}"`).join(', ')}]`);
    return `{${parts.join(', ')}}`;
  });
  return `[${texts.join(', ')}]`;
}
