// Settings that have no effect here and whose values are checked all the same, as ConfigDef does.
import { ClientCreationError, ConfigError, noSuchClass } from '../errors.ts';
import { bool, int, long, oneOf } from './define.ts';

/** Of every client (CommonClientConfigs). */
export const checkedFields = {
  dnsLookup: oneOf(
    'client.dns.lookup',
    ['use_all_dns_ips', 'resolve_canonical_bootstrap_servers_only'],
    'use_all_dns_ips',
  ),
  sendBufferBytes: int('send.buffer.bytes', 131_072, { min: -1 }),
  receiveBufferBytes: int('receive.buffer.bytes', 65_536, { min: -1 }),
  metricsPush: bool('enable.metrics.push', true),
  metricsWindowMs: long('metrics.sample.window.ms', 30_000, { min: 0 }),
  metricsSamples: int('metrics.num.samples', 2, { min: 1 }),
  metricsLevel: oneOf('metrics.recording.level', ['INFO', 'DEBUG', 'TRACE'], 'INFO'),
  connectTimeoutMaxMs: long('socket.connection.setup.timeout.max.ms', 30_000),
  connectionsMaxIdleMs: long('connections.max.idle.ms', 540_000),
  recoveryStrategy: oneOf('metadata.recovery.strategy', ['REBOOTSTRAP', 'NONE'], 'REBOOTSTRAP', { anyCase: true }),
  rebootstrapTriggerMs: long('metadata.recovery.rebootstrap.trigger.ms', 300_000, { min: 0 }),
} as const;

const JMX_REPORTER = 'org.apache.kafka.common.metrics.JmxReporter';

/** Lists of Java classes that a client makes when it is made itself: none can be had but Kafka's own. @throws ClientCreationError */
export function checkPlugins(properties: Readonly<Record<string, string>>, creationMessage: string): void {
  for (const name of ['metric.reporters', 'interceptor.classes']) {
    const classes = (properties[name] ?? '').split(',').map((className) => className.trim());
    const missing = classes.find((className) => className !== '' && className !== JMX_REPORTER);
    if (missing !== undefined)
      throw new ClientCreationError(creationMessage, {
        cause: noSuchClass(missing, `Class ${missing} cannot be found`),
      });
  }
}

const CLASSIC_REFUSES = ['group.remote.assignor', 'share.acknowledgement.mode', 'share.acquire.mode'];
const CONSUMER_REFUSES = [
  'partition.assignment.strategy',
  'heartbeat.interval.ms',
  'session.timeout.ms',
  'share.acknowledgement.mode',
  'share.acquire.mode',
];

/** Settings of one protocol of groups that the other has not (ConsumerConfig.checkUnsupportedConfigsPostProcess). @throws ConfigError */
export function checkGroupProtocol(
  protocol: 'classic' | 'consumer',
  properties: Readonly<Record<string, string>>,
): void {
  const refuses = protocol === 'classic' ? CLASSIC_REFUSES : CONSUMER_REFUSES;
  const refused = refuses.filter((name) => (properties[name] ?? '').trim() !== '');
  if (refused.length > 0)
    throw new ConfigError(`${refused.join(', ')} cannot be set when group.protocol=${protocol.toUpperCase()}`);
}
