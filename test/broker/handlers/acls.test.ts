import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Broker, startBroker } from '../../../src/broker/start.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { CreateAcls } from '../../../src/protocol/messages/create-acls.ts';
import { DeleteAcls } from '../../../src/protocol/messages/delete-acls.ts';
import { DescribeAcls } from '../../../src/protocol/messages/describe-acls.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';

const AUTHORIZER = new Map([
  ['authorizer.class.name', 'org.apache.kafka.metadata.authorizer.StandardAuthorizer'],
  ['super.users', 'User:ANONYMOUS'],
]);
const EVERYTHING = {
  resourceTypeFilter: 1,
  resourceNameFilter: null,
  patternTypeFilter: 1,
  principalFilter: null,
  hostFilter: null,
  operation: 1,
  permissionType: 1,
};

const entry = (resourceName: string, rest: object = {}) => ({
  resourceType: 2,
  resourceName,
  resourcePatternType: 3,
  principal: 'User:alice',
  host: '*',
  operation: 3,
  permissionType: 3,
  ...rest,
});

async function create(broker: Broker, ...creations: ReturnType<typeof entry>[]) {
  const client = await connect(broker);
  const { results } = await client.request(CreateAcls, 3, { creations });
  client.close();
  return results;
}

async function describeAll(broker: Broker, filter: object = {}) {
  const client = await connect(broker);
  const { resources } = await client.request(DescribeAcls, 3, { ...EVERYTHING, ...filter });
  client.close();
  return resources;
}

const done = { errorCode: 0, errorMessage: '' };

test('entries are made, shown by resource, found by filters and removed', async () => {
  const broker = await startTestBroker({ overrides: AUTHORIZER });
  const write = entry('orders', { operation: 4 });
  expect(await create(broker, entry('orders'), write, entry('ord', { resourcePatternType: 4 }))).toEqual([
    done,
    done,
    done,
  ]);
  expect(await create(broker, entry('orders'), entry('orders'))).toEqual([done, done]);
  const all = await describeAll(broker);
  expect(all.map(({ resourceName, patternType, acls }) => [resourceName, patternType, acls.length])).toEqual([
    ['orders', 3, 2],
    ['ord', 4, 1],
  ]);
  const match = await describeAll(broker, { resourceTypeFilter: 2, resourceNameFilter: 'order', patternTypeFilter: 2 });
  expect(match.map(({ resourceName }) => resourceName)).toEqual(['ord']);
  const client = await connect(broker);
  const reads = { ...EVERYTHING, operation: 3 };
  const { filterResults } = await client.request(DeleteAcls, 3, {
    filters: [reads, { ...EVERYTHING, hostFilter: 'x' }],
  });
  client.close();
  expect(filterResults.map(({ matchingAcls }) => matchingAcls.length)).toEqual([2, 0]);
  expect((await describeAll(broker)).flatMap(({ acls }) => acls)).toMatchObject([{ operation: 4 }]);
});

test.each([
  [entry('x', { resourceType: 4 }), 'The only valid name for the CLUSTER resource is kafka-cluster'],
  [entry(''), 'Invalid empty resource name'],
  [entry('x', { resourceType: 1 }), 'Invalid resourceType ANY'],
  [entry('x', { resourcePatternType: 2 }), 'Invalid patternType MATCH'],
  [entry('x', { operation: 1 }), 'Invalid operation ANY'],
  [entry('x', { permissionType: 1 }), 'Invalid permissionType ANY'],
  [
    entry('x', { principal: 'alice' }),
    'Could not parse principal from `alice` (no colon is present separating the principal type from the principal name)',
  ],
])('an entry that cannot be is refused alone: %j', async (bad, errorMessage) => {
  const broker = await startTestBroker({ overrides: AUTHORIZER });
  expect(await create(broker, bad, entry('good'))).toEqual([
    { errorCode: ErrorCode.INVALID_REQUEST, errorMessage },
    done,
  ]);
  expect(await describeAll(broker)).toHaveLength(1);
});

test('entries outlast a restart', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'ktool-'));
  const broker = await startBroker({ port: 0, dataDir, overrides: AUTHORIZER });
  await create(broker, entry('kept'), entry('gone'));
  const client = await connect(broker);
  await client.request(DeleteAcls, 3, { filters: [{ ...EVERYTHING, resourceNameFilter: 'gone' }] });
  client.close();
  await broker.close();
  const again = await startTestBroker({ dataDir, overrides: AUTHORIZER });
  expect((await describeAll(again)).map(({ resourceName }) => resourceName)).toEqual(['kept']);
});

test.each([
  [{ 'authorizer.class.name': 'com.example.Mine' }, 'authorizer.class.name=com.example.Mine is not there'],
  [{ 'super.users': 'root' }, 'super.users: expected a string in format principalType:principalName but got root'],
])('%j ends the start with a word what to do', async (settings, message) => {
  const overrides = new Map([...AUTHORIZER, ...Object.entries(settings)]);
  await expect(startBroker({ port: 0, overrides })).rejects.toThrow(message);
});
