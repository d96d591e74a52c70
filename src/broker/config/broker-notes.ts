import { TLS_CONTEXT_KEYS } from '../../security/tls/context-keys.ts';
import { TELEMETRY_FILE } from '../telemetry/telemetry-file.ts';
import { BROKER_FIELDS } from './broker-fields.ts';
import { BROKER_CONFIGS } from './definitions/index.ts';
import { brokerSynonyms, TOPIC_SYNONYMS } from './synonyms.ts';

/** Keys that decide something other than a field or a topic default. */
const STRUCTURAL: readonly string[] = [
  'node.id',
  'broker.id',
  'process.roles',
  'listeners',
  'advertised.listeners',
  'early.start.listeners',
  'listener.security.protocol.map',
  'controller.listener.names',
  'inter.broker.listener.name',
  'security.inter.broker.protocol',
  'log.dir',
  'log.dirs',
  'authorizer.class.name',
  'super.users',
  'allow.everyone.if.no.acl.found',
  TELEMETRY_FILE,
];

/** What each listener and SASL mechanism may have of its own, and what delegation tokens need. */
const SECURITY: readonly string[] = [
  'ssl.client.auth',
  'ssl.principal.mapping.rules',
  'ssl.allow.dn.changes',
  'ssl.allow.san.changes',
  ...TLS_CONTEXT_KEYS,
  'sasl.enabled.mechanisms',
  'sasl.jaas.config',
  'sasl.server.callback.handler.class',
  'connections.max.reauth.ms',
  'delegation.token.secret.key',
  'sasl.oauthbearer.jwks.endpoint.url',
  'sasl.oauthbearer.jwks.endpoint.refresh.ms',
  'sasl.oauthbearer.jwks.endpoint.retry.backoff.ms',
  'sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms',
  'sasl.oauthbearer.jwt.validator.class',
  'sasl.oauthbearer.expected.audience',
  'sasl.oauthbearer.expected.issuer',
  'sasl.oauthbearer.scope.claim.name',
  'sasl.oauthbearer.sub.claim.name',
  'sasl.oauthbearer.clock.skew.seconds',
];

/** Topic defaults that nothing acts on: one replica per partition, no tiered storage, no reserved disk space. */
const WITHOUT_EFFECT_AS_TOPIC_DEFAULT: readonly string[] = [
  'log.preallocate',
  'log.local.retention.ms',
  'log.local.retention.bytes',
  'unclean.leader.election.enable',
];

const HONOURED: ReadonlySet<string> = new Set([
  ...STRUCTURAL,
  ...SECURITY,
  ...Object.values(BROKER_FIELDS).map(({ key }) => key),
  ...[...TOPIC_SYNONYMS.values()]
    .flat()
    .map(({ name }) => name)
    .filter((name) => !WITHOUT_EFFECT_AS_TOPIC_DEFAULT.includes(name)),
]);

/** Keys of ZooKeeper times that have no successor. */
const ZOOKEEPER = /^(zookeeper\.|broker\.id\.generation\.enable$|reserved\.broker\.max\.id$)/;

/** What is meant by keys that are gone, or that guides name and no Kafka has had. */
const SUCCESSORS: ReadonlyMap<string, string> = new Map([
  ['port', 'see listeners'],
  ['host.name', 'see listeners'],
  ['advertised.port', 'see advertised.listeners'],
  ['advertised.host.name', 'see advertised.listeners'],
  ['inter.broker.protocol.version', 'gone since Kafka 4.0'],
  ['log.message.format.version', 'gone since Kafka 4.0'],
  ['log.segment.ms', 'see log.roll.ms'],
  ['log.message.timestamp.difference.max.ms', 'see log.message.timestamp.before.max.ms'],
  ['delegation.token.master.key', 'see delegation.token.secret.key'],
  ['quota.producer.default', 'see kafka-configs --entity-type clients --entity-default'],
  ['quota.consumer.default', 'see kafka-configs --entity-type clients --entity-default'],
  ['message.max.byte', 'see message.max.bytes'],
]);

function withSuccessor(name: string): string {
  const ofTopics = TOPIC_SYNONYMS.get(name)?.[0]?.name;
  const successor = SUCCESSORS.get(name) ?? (ofTopics && `see ${ofTopics}`);
  return successor ? `${name} (${successor})` : name;
}

/** What stands before a key that is for one listener, for one mechanism, or both. */
const OF_LISTENER_OR_MECHANISM = /^(listener\.name\.[^.]+\.)?((plain|scram-sha-256|scram-sha-512|oauthbearer)\.)?/;

/** Whether giving the key changes anything here. */
function hasEffect(name: string): boolean {
  if (/^config\.providers(\.|$)/.test(name)) return true;
  return HONOURED.has(name) || SECURITY.includes(name.replace(OF_LISTENER_OR_MECHANISM, ''));
}

/** Sentences on given settings that change nothing: no key is named twice. */
export function notesOn(explicit: ReadonlyMap<string, string>): string[] {
  const idle = [...explicit.keys()].filter((name) => !hasEffect(name));
  const zookeeper = idle.filter((name) => ZOOKEEPER.test(name));
  const known = idle.filter((name) => BROKER_CONFIGS.has(brokerSynonyms(name).at(-1) ?? name));
  const unknown = idle.filter((name) => !zookeeper.includes(name) && !known.includes(name));
  const notes: string[] = [];
  if (zookeeper.length > 0)
    notes.push(`ktool keeps its metadata itself, without ZooKeeper; not used: ${zookeeper.join(', ')}`);
  if (known.length > 0) notes.push(`Accepted, without effect in ktool: ${known.join(', ')}`);
  if (unknown.length > 0) notes.push(`Unknown settings, not used: ${unknown.map(withSuccessor).join(', ')}`);
  return notes;
}
