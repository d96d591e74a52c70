import { describe, expect, it } from 'vitest';
import { consumerProperties } from '../../../src/tools/console-consumer/consumer-properties.ts';

const base = {
  bootstrapServers: 'b:9092',
  file: {},
  properties: new Map<string, string>(),
  group: undefined,
  fromBeginning: false,
  isolationLevel: { value: 'read_uncommitted', given: false },
  partition: false,
  usage: (message: string) => new Error(`usage: ${message}`),
};
const properties = (entries: Record<string, string>) => new Map(Object.entries(entries));

describe('consumerProperties', () => {
  it('makes up a group that commits nothing, unless told to', () => {
    const made = consumerProperties(base);
    expect(made['group.id']).toMatch(/^console-consumer-\d{1,5}$/);
    expect(made).toMatchObject({ 'enable.auto.commit': 'false', 'client.id': 'console-consumer' });
    const committing = consumerProperties({ ...base, file: { 'enable.auto.commit': 'true' } });
    expect(committing['enable.auto.commit']).toBe('true');
  });

  it('takes a group from any of the three places, which may not contradict each other', () => {
    expect(consumerProperties({ ...base, group: 'g' })).toMatchObject({ 'group.id': 'g' });
    expect(consumerProperties({ ...base, group: 'g' })).not.toHaveProperty('enable.auto.commit');
    expect(consumerProperties({ ...base, file: { 'group.id': 'g' }, group: 'g' })['group.id']).toBe('g');
    expect(() => consumerProperties({ ...base, group: 'a', properties: properties({ 'group.id': 'b' }) })).toThrow(
      "usage: The group ids provided in different places (directly using '--group', via '--consumer-property', or via '--consumer.config') do not match. Detected group ids: 'a', 'b'",
    );
    expect(() => consumerProperties({ ...base, group: 'a', partition: true })).toThrow(
      'usage: Options group and partition cannot be specified together.',
    );
  });

  it('begins at the end unless told otherwise, and refuses to be told two things', () => {
    expect(consumerProperties(base)['auto.offset.reset']).toBe('latest');
    expect(consumerProperties({ ...base, fromBeginning: true })['auto.offset.reset']).toBe('earliest');
    const none = { 'auto.offset.reset': 'none' };
    expect(consumerProperties({ ...base, properties: properties(none) })['auto.offset.reset']).toBe('none');
    expect(() => consumerProperties({ ...base, fromBeginning: true, file: none })).toThrow(
      "Can't simultaneously specify --from-beginning and 'auto.offset.reset=none', please remove one option",
    );
  });

  it('lets a given isolation level win over the file, and the file over the default', () => {
    const file = { 'isolation.level': 'read_committed' };
    expect(consumerProperties({ ...base, file })['isolation.level']).toBe('read_committed');
    const given = { value: 'read_uncommitted', given: true };
    expect(consumerProperties({ ...base, file, isolationLevel: given })['isolation.level']).toBe('read_uncommitted');
    expect(consumerProperties(base)['isolation.level']).toBe('read_uncommitted');
  });

  it('prefers single properties to the file', () => {
    const both = { ...base, file: { 'client.id': 'file' }, properties: properties({ 'client.id': 'single' }) };
    expect(consumerProperties(both)['client.id']).toBe('single');
  });
});
