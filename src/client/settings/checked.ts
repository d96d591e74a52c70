// What clients check of their settings beside each value on its own.
import { ClientCreationError, ConfigError, noSuchClass } from '../errors.ts';

const JMX_REPORTER = 'org.apache.kafka.common.metrics.JmxReporter';

/** Java classes that a client makes when it is made itself: none can be had but Kafka's own. @throws ClientCreationError */
export function checkPlugins(classes: readonly string[], creationMessage: string): void {
  const missing = classes.find((className) => className !== JMX_REPORTER);
  if (missing === undefined) return;
  const cause = noSuchClass(missing, `Class ${missing} cannot be found`);
  throw new ClientCreationError(creationMessage, { cause });
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
