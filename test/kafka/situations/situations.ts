// Groups in states that no script of Kafka's brings about: a situation is made on a broker, ktool's or Apache Kafka's, and holds until
// it is ended. What Kafka's scripts say meanwhile is in the file of its name (record.ts).
import { once } from 'node:events';
import net from 'node:net';
import { type Admin, createAdmin } from '../../../src/client/admin.ts';
import { Consumer } from '../../../src/client/consumer.ts';
import { decodeResponse, encodeRequest } from '../../../src/protocol/headers.ts';
import { JoinGroup } from '../../../src/protocol/messages/join-group.ts';
import { ShareGroupHeartbeat } from '../../../src/protocol/messages/share-group-heartbeat.ts';
import { StreamsGroupHeartbeat } from '../../../src/protocol/messages/streams-group-heartbeat.ts';
import type { Api, RequestInput, ResponseOf } from '../../../src/protocol/schema.ts';
import { internalTopic, subtopology, type Topology, tasks } from '../../broker/groups/streams/world.ts';

/** Ends what a situation holds. */
export type End = () => Promise<void>;
type Situation = (address: string) => Promise<End>;

/** A connection that sends one request after the other. */
async function connect(address: string) {
  const [host = '', port = ''] = address.split(':');
  const socket = net.connect(Number(port), host);
  await once(socket, 'connect');
  let received = Buffer.alloc(0);
  const frame = async (): Promise<Buffer> => {
    while (received.length < 4 || received.length < 4 + received.readInt32BE(0)) {
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      received = Buffer.concat([received, chunk]);
    }
    const end = 4 + received.readInt32BE(0);
    const whole = received.subarray(4, end);
    received = received.subarray(end);
    return whole;
  };
  return {
    async request<A extends Api>(api: A, version: number, body: RequestInput<A>): Promise<ResponseOf<A>> {
      socket.write(Buffer.concat(encodeRequest(api, version, { correlationId: 1, clientId: 'c' }, body)));
      return decodeResponse(api, version, await frame()).body;
    },
    close: () => socket.destroy(),
  };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 300) throw new Error('the situation does not come about');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function withAdmin(address: string, use: (admin: Admin) => Promise<void>): Promise<void> {
  const admin = await createAdmin({ 'bootstrap.servers': address });
  try {
    await use(admin);
  } finally {
    await admin.close();
  }
}

const NO_END: End = async () => {};

/** A classic group whose leader has joined and says nothing more. */
async function rebalancing(address: string): Promise<End> {
  await withAdmin(address, async (admin) => {
    await admin.createTopics([{ name: 'orders', numPartitions: 2 }]);
    await admin.findGroupCoordinator('stuck');
    await admin.alterGroupOffsets('stuck', [{ topic: 'orders', partition: 0, offset: 0 }], { timeoutMs: 5000 });
  });
  const client = await connect(address);
  const join = (memberId: string) =>
    client.request(JoinGroup, 5, {
      ...{
        groupId: 'stuck',
        sessionTimeoutMs: 45_000,
        rebalanceTimeoutMs: 300_000,
        memberId,
        protocolType: 'consumer',
      },
      protocols: [
        { name: 'range', metadata: Buffer.from('000000000001' + '0006' + '6f7264657273' + 'ffffffff', 'hex') },
      ],
    });
  const { memberId } = await join('');
  await join(memberId);
  return async () => void client.close();
}

const consuming = (address: string, groupId: string, protocol: string, instanceId: string, clientId: string) =>
  Consumer.create(
    {
      ...{
        'bootstrap.servers': address,
        'group.id': groupId,
        'group.protocol': protocol,
        'client.id': clientId,
        'enable.auto.commit': 'false',
      },
      ...(instanceId !== '' && { 'group.instance.id': instanceId }),
    },
    {},
  );

/** Groups of both kinds with a member that has a name of its own, and a group of consumers with members of both protocols. */
async function named(address: string): Promise<End> {
  const members: Consumer[] = [];
  await withAdmin(address, async (admin) => {
    await admin.createTopics([{ name: 'orders', numPartitions: 2 }]);
    const counts = new Map<string, number>();
    const enter = async (group: string, protocol: string, instance: string, clientId: string) => {
      const member = await consuming(address, group, protocol, instance, clientId);
      members.push(member);
      counts.set(group, (counts.get(group) ?? 0) + 1);
      await member.subscribe({ topic: 'orders' });
      void member.next(600_000).catch(() => undefined);
      await until(async () => {
        const description = (await admin.describeGroups([group])).get(group);
        if (description === undefined || !('members' in description) || description.state !== 'Stable') return false;
        const assigned = description.members.flatMap(({ assignment }) => assignment ?? []);
        return description.members.length === counts.get(group) && assigned.length === 2;
      });
    };
    await enter('old', 'classic', 'till', 'c');
    await enter('new', 'consumer', 'desk', 'c');
    await enter('both', 'consumer', '', 'c1');
    await enter('both', 'classic', '', 'c2');
  });
  return async () => void (await Promise.all(members.map((member) => member.close())));
}

/** An application that counts words, and one whose state is kept in a topic with a name of its own; both have left. */
async function streams(address: string): Promise<End> {
  await withAdmin(address, async (admin) => {
    await admin.createTopics([{ name: 'a', numPartitions: 2 }]);
    await admin.createTopics([{ name: 'elsewhere', numPartitions: 2 }]);
  });
  for (const [group, changelog] of [
    ['g', 'g-counts-changelog'],
    ['h', 'h-counts-changelog'],
    ['odd', 'elsewhere'],
  ] as const) {
    const topology: Topology = {
      epoch: 0,
      subtopologies: [
        subtopology('0', { sourceTopics: ['a'], repartitionSinkTopics: [`${group}-words-repartition`] }),
        subtopology('1', {
          repartitionSourceTopics: [internalTopic(`${group}-words-repartition`)],
          stateChangelogTopics: [internalTopic(changelog)],
        }),
      ],
    };
    await passThrough(address, group, topology);
  }
  return NO_END;
}

/** A member comes, so that there are topics, commits and goes. */
async function passThrough(address: string, groupId: string, topology: Topology): Promise<void> {
  await withAdmin(address, (admin) => admin.findGroupCoordinator(groupId).then(() => undefined));
  const client = await connect(address);
  const beat = (memberEpoch: number, change: object = {}) =>
    client.request(StreamsGroupHeartbeat, 0, {
      ...{ groupId, memberId: 'm', memberEpoch, endpointInformationEpoch: 0 },
      ...change,
    });
  const first = { rebalanceTimeoutMs: 30_000, processId: 'p', topology, clientTags: [], ...tasks('') };
  let epoch = 0;
  await until(async () => {
    const { errorCode, memberEpoch } = await beat(0, first);
    epoch = memberEpoch;
    return errorCode === 0;
  });
  await withAdmin(address, (admin) =>
    until(async () => {
      epoch = (await beat(epoch)).memberEpoch;
      const topics = (await admin.listTopics()).map(({ name }) => name);
      return topology.subtopologies
        .flatMap(({ stateChangelogTopics, repartitionSourceTopics }) => [
          ...stateChangelogTopics,
          ...repartitionSourceTopics,
        ])
        .every(({ name }) => topics.includes(name));
    }),
  );
  await beat(-1);
  client.close();
  const offsets = [0, 1].map((partition) => ({ topic: 'a', partition, offset: 0 }));
  await withAdmin(address, (admin) =>
    admin.alterGroupOffsets(groupId, offsets, { timeoutMs: 5000 }).then(() => undefined),
  );
}

/** A streams group that waits for a topic that is not there, and one at work. */
async function streamsAtWork(address: string): Promise<End> {
  await withAdmin(address, async (admin) => {
    await admin.createTopics([{ name: 'a', numPartitions: 2 }]);
    for (const group of ['waits', 'works']) await admin.findGroupCoordinator(group);
  });
  const client = await connect(address);
  for (const [groupId, topic] of [
    ['waits', 'missing'],
    ['works', 'a'],
  ] as const) {
    const topology = { epoch: 0, subtopologies: [subtopology('0', { sourceTopics: [topic] })] };
    const beat = (memberEpoch: number, change: object) =>
      client.request(StreamsGroupHeartbeat, 0, {
        ...{ groupId, memberId: 'm', memberEpoch, endpointInformationEpoch: 0 },
        ...change,
      });
    const first = { rebalanceTimeoutMs: 30_000, processId: 'p', topology, clientTags: [], ...tasks('') };
    await until(async () => (await beat(0, first)).errorCode === 0);
  }
  return async () => void client.close();
}

/** A share group with a member. */
async function sharing(address: string): Promise<End> {
  await withAdmin(address, async (admin) => {
    await admin.createTopics([{ name: 'orders', numPartitions: 2 }]);
    await admin.findGroupCoordinator('desk');
  });
  const client = await connect(address);
  const beat = (memberEpoch: number) =>
    client.request(ShareGroupHeartbeat, 1, {
      ...{ groupId: 'desk', memberId: 'AAAAAAAAAAAAAAAAAAAAAQ', memberEpoch, subscribedTopicNames: ['orders'] },
    });
  let epoch = 0;
  await until(async () => {
    const { errorCode, memberEpoch, assignment } = await beat(epoch);
    if (errorCode === 0) epoch = memberEpoch;
    return (assignment?.topicPartitions[0]?.partitions.length ?? 0) === 2;
  });
  return async () => void client.close();
}

/** By the name of their file. */
export const SITUATIONS: Readonly<Record<string, Situation>> = {
  rebalancing,
  named,
  streams,
  'streams-kept': streams,
  'streams-at-work': streamsAtWork,
  sharing,
};
