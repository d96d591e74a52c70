// What Kafka checks of a group's configs together (GroupConfig.validateValues).
import { expect, test } from 'vitest';
import { validateGroupConfigs } from '../../../src/broker/config/alter-group.ts';

const NONE = new Map<string, string>();
const BOUNDS = new Map([
  ['group.share.max.heartbeat.interval.ms', '50000'],
  ['group.share.min.session.timeout.ms', '10000'],
]);

function check(configs: readonly (readonly [string, string])[]) {
  return () =>
    validateGroupConfigs('g', new Map(configs), { given: BOUNDS, dynamicDefault: NONE, dynamicBroker: NONE });
}

test('members must be able to send a heartbeat before their session ends', () => {
  const refusal = 'share.session.timeout.ms must be greater than share.heartbeat.interval.ms';
  expect(check([['share.heartbeat.interval.ms', '45000']])).toThrow(refusal);
  const both = [
    ['share.session.timeout.ms', '20000'],
    ['share.heartbeat.interval.ms', '20000'],
  ] as const;
  expect(check(both)).toThrow(refusal);
  expect(check([both[0]])).not.toThrow();
});
