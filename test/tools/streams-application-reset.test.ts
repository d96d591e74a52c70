// streams-application-reset on a broker in process (StreamsResetter).
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Admin, createAdmin } from '../../src/client/admin.ts';
import { parsePlan } from '../../src/tools/streams-application-reset/positions.ts';
import {
  type ApplicationReset,
  ResetFailure,
  resetApplication,
} from '../../src/tools/streams-application-reset/reset.ts';
import { startTestBroker } from '../helpers/broker.ts';

let admin: Admin;

beforeEach(async () => {
  const broker = await startTestBroker({ overrides: { 'offsets.topic.num.partitions': '1' } });
  admin = await createAdmin({ 'bootstrap.servers': broker.address });
  onTestFinished(() => admin.close());
  const names = ['text', 'words', 'app-s-changelog', 'app-s-repartition', 'app-other', 'application-s-changelog'];
  await admin.createTopics(names.map((name) => ({ name, numPartitions: 1 })));
});

function reset(change: Partial<ApplicationReset> = {}) {
  const nothing = { intermediateTopics: [], internalTopics: [], force: false, dryRun: false };
  const scenario = async () => ({ to: 'earliest' }) as const;
  return resetApplication({ applicationId: 'app', inputTopics: ['text'], scenario, ...nothing, ...change }, admin, {});
}

const topicNames = async () =>
  (await admin.listTopics())
    .filter((one) => !one.isInternal)
    .map(({ name }) => name)
    .sort();

describe('streams-application-reset', () => {
  it('sets offsets and deletes what is internal by its name', async () => {
    const { text, failed } = await reset({ intermediateTopics: ['words'] });
    expect(text.split('\n')).toEqual([
      'WARN: `--intermediate-topics` is deprecated and will be removed in a future release',
      'Reset-offsets for input topics [text]',
      'Seek-to-end for intermediate topics [words]',
      'Following input topics offsets will be reset to (for consumer group app)',
      'Topic: text Partition: 0 Offset: 0',
      'Following intermediate topics offsets will be reset to end (for consumer group app)',
      'Topic: words',
      'Done.',
      expect.stringMatching(/^Deleting inferred internal topics \[app-s-(changelog|repartition), app-s-\w+\]$/),
      'Done.',
      '',
    ]);
    expect(failed).toBeUndefined();
    expect((await admin.listGroupOffsets('app')).map(({ topic }) => topic).sort()).toEqual(['text', 'words']);
    expect(await topicNames()).toEqual(['app-other', 'application-s-changelog', 'text', 'words']);
  });

  it('changes nothing in a dry run, and fails in the end over topics that are missing', async () => {
    const { text, failed } = await reset({ dryRun: true, inputTopics: ['text', 'gone'] });
    expect(text).toContain('Following input topics are not found, skipping them\nTopic: gone\n');
    expect(failed).toBe(true);
    expect(await admin.listGroupOffsets('app')).toEqual([]);
    expect(await topicNames()).toContain('app-s-changelog');
  });

  it('keeps what it said before a failure', async () => {
    const failure = await reset({ internalTopics: ['words'] }).catch((error: unknown) => error as ResetFailure);
    expect(failure).toBeInstanceOf(ResetFailure);
    expect(failure).toMatchObject({
      text: expect.stringMatching(/^Reset-offsets for input topics \[text\]\n(?:.*\n)*Done\.\n$/),
      message: expect.stringMatching(/^java.lang.IllegalArgumentException: Invalid topic specified/),
    });
    expect(await topicNames()).toContain('app-s-changelog');
  });

  it('says where offsets outside of the log go, and refuses plans that do not fit', async () => {
    const plan = (text: string) => reset({ dryRun: true, scenario: async () => ({ to: 'plan', text }) });
    expect((await plan('text,0,7\n')).text).toContain(
      'New offset (7) is higher than latest offset. Value will be set to 0\nTopic: text Partition: 0 Offset: 0\n',
    );
    await expect(plan('words,0,1')).rejects.toThrow('The plan names words-0');
    await expect(plan('text,0')).rejects.toThrow('Reset plan CSV file is not following the format');
    expect(() => parsePlan('text,x,1')).toThrow('For input string: "x"');
  });
});
