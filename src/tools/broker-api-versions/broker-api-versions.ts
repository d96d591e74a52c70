import type { Admin, ApiVersionRange, Node, NodeApiVersions } from '../../client/admin.ts';
import { ConnectionError } from '../../client/errors.ts';
import { KafkaError } from '../../protocol/errors.ts';
import { apiByKey, apis } from '../../protocol/messages/index.ts';
import type { Report, Table } from '../report.ts';
import { exceptionText } from '../wrapped-error.ts';

const DISCONNECTED = 'org.apache.kafka.common.errors.DisconnectException';

interface ApiRow {
  readonly key: number;
  /** UNKNOWN for an API that is newer than ktool. */
  readonly name: string;
  /** Absent if the broker does not have the API. */
  readonly offered?: readonly [min: number, max: number];
  /** The version that ktool would use. */
  readonly usable?: number;
}

/**
 * `broker-api-versions`: which requests each broker answers (NodeApiVersions.toString). A broker that gives no answer is
 * shown with its error; Kafka's script still ends with 0.
 * Data: [{ id, host, port, rack, apis: [{ key, name, minVersion, maxVersion, usable }] | error }].
 */
export async function brokerApiVersions(admin: Pick<Admin, 'apiVersions'>): Promise<Report> {
  const nodes = await admin.apiVersions();
  const failed = nodes.some(({ apis }) => apis instanceof KafkaError);
  return {
    data: nodes.map(nodeData),
    text: nodes.map(nodeText).join(''),
    table: nodes.map(nodeTable),
    ...(failed && { failed, kafkaExit: 0 }),
  };
}

/** The APIs of ktool and of the broker, by key. */
function rowsOf(offered: readonly ApiVersionRange[]): ApiRow[] {
  const missing = apis.filter(({ key }) => !offered.some(({ apiKey }) => apiKey === key));
  return [...offered.map(offeredRow), ...missing.map(({ key, name }) => ({ key, name }))].sort((a, b) => a.key - b.key);
}

function offeredRow({ apiKey, minVersion, maxVersion }: ApiVersionRange): ApiRow {
  const offered = [minVersion, maxVersion] as const;
  const api = apiByKey(apiKey);
  if (!api) return { key: apiKey, name: 'UNKNOWN', offered };
  const usable = Math.min(maxVersion, api.versions[1]);
  const fits = usable >= minVersion && usable >= api.versions[0];
  return { key: apiKey, name: api.name, offered, ...(fits && { usable }) };
}

function rowText({ key, name, offered, usable }: ApiRow): string {
  if (!offered) return `\t${name}(${key}): UNSUPPORTED`;
  const range = rangeText(offered);
  if (name === 'UNKNOWN') return `\t${name}(${key}): ${range}`;
  const tooNew = offered[0] > (apiByKey(key)?.versions[1] ?? 0);
  const use = usable === undefined ? `unusable: node too ${tooNew ? 'new' : 'old'}` : `usable: ${usable}`;
  return `\t${name}(${key}): ${range} [${use}]`;
}

const rangeText = ([min, max]: readonly [number, number]): string => (min === max ? `${min}` : `${min} to ${max}`);

const nodeName = ({ host, port, id, rack }: Node): string =>
  `${host}:${port} (id: ${id} rack: ${rack} isFenced: false)`;

function nodeText({ node, apis }: NodeApiVersions): string {
  if (apis instanceof ConnectionError) return `${nodeName(node)} -> ERROR: ${DISCONNECTED}\n`;
  if (apis instanceof KafkaError) return `${nodeName(node)} -> ERROR: ${exceptionText(apis)}\n`;
  return `${nodeName(node)} -> (\n${rowsOf(apis).map(rowText).join(',\n')}\n)\n`;
}

function nodeTable({ node, apis }: NodeApiVersions): Table {
  const title = `${node.host}:${node.port}  (id ${node.id})`;
  if (apis instanceof KafkaError) return { title, columns: ['Error'], rows: [[apis.message]] };
  return {
    title,
    columns: ['Request', 'Key', 'Versions', 'Used here'],
    rows: rowsOf(apis).map(({ name, key, offered, usable }) => [
      name,
      key,
      offered ? rangeText(offered) : '-',
      usable ?? '-',
    ]),
  };
}

function nodeData({ node, apis }: NodeApiVersions) {
  if (apis instanceof KafkaError) return { ...node, error: apis.message };
  return {
    ...node,
    apis: rowsOf(apis).map(({ key, name, offered, usable }) => ({
      key,
      name,
      minVersion: offered?.[0] ?? null,
      maxVersion: offered?.[1] ?? null,
      usable: usable ?? null,
    })),
  };
}
