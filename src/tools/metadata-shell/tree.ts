// The tree that the shell walks (org.apache.kafka.image.node, org.apache.kafka.shell.node).
import { METADATA_VERSION, metadataVersionOf } from '../../protocol/features.ts';
import { javaDoubleToString } from '../../util/java-double.ts';
import type { Image, Topic } from './image.ts';
import { type Child, directory, leaf, numberedDirectory, type ShellNode, spelledDirectory } from './node.ts';
import { aclText, brokerText, controllerText, partitionText, scramText, tokenText } from './registrations.ts';

/** Where the last record of the state came from. */
export interface Provenance {
  readonly offset: number;
  readonly epoch: number;
  /** Milliseconds. */
  readonly time: number;
}

const CONFIG_TYPES: Readonly<Record<number, string>> = {
  2: 'TOPIC',
  4: 'BROKER',
  8: 'BROKER_LOGGER',
  16: 'CLIENT_METRICS',
  32: 'GROUP',
};
const MECHANISMS = { 'SCRAM-SHA-256': 1, 'SCRAM-SHA-512': 2 };

/** The root, with what the program says of itself beside the image. */
export function shellTree(
  image: Image,
  provenance: Provenance,
  local: { readonly version: string; readonly commitId: string },
): ShellNode {
  return directory([
    ['image', imageNode(image, provenance)],
    [
      'local',
      directory([
        ['version', leaf(local.version)],
        ['commitId', leaf(local.commitId)],
      ]),
    ],
  ]);
}

function imageNode(image: Image, provenance: Provenance): ShellNode {
  const leaves = <K, V>(map: ReadonlyMap<K, V>, text: (value: V) => string) =>
    [...map].map(([key, value]): Child => [String(key), leaf(text(value))]);
  const cluster: Child[] = [
    ['brokers', numberedDirectory(leaves(image.brokers, brokerText))],
    ['controllers', numberedDirectory(leaves(image.controllers, controllerText))],
  ];
  return directory([
    ['acls', directory([['byId', directory(leaves(image.acls, aclText))]])],
    ['clientQuotas', quotasNode(image)],
    ['cluster', directory(cluster)],
    ['configs', configsNode(image)],
    ['delegationToken', directory(leaves(image.tokens, tokenText))],
    ['features', featuresNode(image)],
    ['producerIds', directory([['nextProducerId', leaf(image.nextProducerId)]])],
    ['provenance', leaf(provenanceText(provenance))],
    ['scram', scramNode(image)],
    ['topics', topicsNode(image)],
  ]);
}

/** Java's ISO_ZONED_DATE_TIME: a fraction without zeros at its end, none for a whole second. */
function provenanceText({ offset, epoch, time }: Provenance): string {
  const iso = new Date(time).toISOString().replace(/\.?0*Z$/, 'Z');
  return `offset ${offset}, epoch ${epoch}, time ${iso}[UTC]`;
}

/** A feature that nobody has set is at level 0, whatever its name. */
function featuresNode({ features }: Image): ShellNode {
  const level = features.get(METADATA_VERSION);
  const version = level === undefined ? undefined : metadataVersionOf(level);
  const others = [...features].filter(([name]) => name !== METADATA_VERSION);
  return directory(
    [
      ['metadataVersion', leaf(version ? `Optional[${version.name}]` : 'Optional.empty')],
      ...others.map(([name, level]): Child => [`finalized_${name}`, leaf(level)]),
    ],
    (name) => (name.startsWith('finalized_') ? leaf(0) : undefined),
  );
}

function configsNode({ configs }: Image): ShellNode {
  return spelledDirectory(
    [...configs.values()].map(({ type, name, values }): Child => {
      const kind = CONFIG_TYPES[type] ?? 'UNKNOWN';
      const entries = [...values].map(([key, value]): Child => [key, leaf(value)]);
      return [name === '' ? kind : `${kind}:${name}`, directory(entries)];
    }),
    (name) => name.replace(/^([A-Z_]+):$/, '$1'),
  );
}

/** Kafka has no name for the default of a kind of entity: such a node is listed under what is left, and cannot be entered. */
function quotasNode({ quotas }: Image): ShellNode {
  const kinds = { 'client-id': 'clientId', ip: 'ip', user: 'user' };
  return spelledDirectory(
    [...quotas.values()].map(({ entity, values }): Child => {
      const names = Object.entries(kinds).flatMap(([type, kind]) => {
        const name = entity.find(({ entityType }) => entityType === type)?.entityName;
        return name === undefined || name === null ? [] : [`${kind}(${name.replace(/[\\()]/g, '\\$&')})`];
      });
      const isWhole = names.length === entity.length;
      const entries = [...values].map(([key, value]): Child => [key, leaf(javaDoubleToString(value))]);
      return [names.join('_'), isWhole ? directory(entries) : undefined];
    }),
    sortedParts,
  );
}

/** The parts of the name of a quota in their order, each of them once. */
function sortedParts(name: string): string {
  const parts = name.match(/(?:clientId|ip|user)\((?:\\.|[^\\()])*\)/g) ?? [];
  return parts.join('_') === name ? [...new Set(parts)].sort().join('_') : name;
}

function scramNode({ scram }: Image): ShellNode {
  return directory(
    Object.entries(MECHANISMS).map(([name, number]): Child => {
      const users = [...scram.values()].filter(({ mechanism }) => mechanism === number);
      return [name, directory(users.map((user): Child => [user.name, leaf(scramText(user))]))];
    }),
  );
}

function topicsNode({ topics }: Image): ShellNode {
  const by = (key: 'id' | 'name') =>
    directory([...topics.values()].map((topic): Child => [topic[key], topicNode(topic)]));
  return directory([
    ['byId', by('id')],
    ['byName', by('name')],
  ]);
}

function topicNode({ id, name, partitions }: Topic): ShellNode {
  return numberedDirectory([
    ['id', leaf(id)],
    ['name', leaf(name)],
    ...[...partitions].map(([index, partition]): Child => [String(index), leaf(partitionText(partition))]),
  ]);
}
