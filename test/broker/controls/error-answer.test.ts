// Answers with an error, for every API and version that Kafka's broker listener has: of a request with one item in every
// list, encoded and read back as a client would.
import { expect, test } from 'vitest';
import { answerOf, isErrorCode } from '../../../src/broker/controls/error-answer.ts';
import { decode } from '../../../src/protocol/codec.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import {
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  RequestHeaderMessage,
  requestHeaderVersion,
} from '../../../src/protocol/headers.ts';
import { apiByName, apis } from '../../../src/protocol/messages/index.ts';
import { Reader } from '../../../src/protocol/reader.ts';
import type { Api, FieldSpec, Fields } from '../../../src/protocol/schema.ts';

/** Their answers come from the session, or from the handler: see faults.test.ts. */
const FROM_THE_BROKER = new Set(['Fetch', 'Metadata']);
const CODE = ErrorCode.NOT_COORDINATOR;

function sample(spec: FieldSpec, version: number): unknown {
  if (spec.type === 'array') return [sample(spec.element!, version)];
  if (spec.type === 'struct') return sampleOf(spec.fields!, version);
  if (spec.type === 'string') return 'some';
  if (spec.type === 'uuid') return 's8QnWx_YTbSdbMqku1_M7w';
  if (spec.type === 'bytes' || spec.type === 'records') return Buffer.from('b');
  if (spec.type === 'bool') return true;
  return 7;
}

function sampleOf(fields: Fields, version: number): Record<string, unknown> {
  const has = ({ spec }: Fields[string]) => version >= spec.since && version <= spec.until;
  const entries = Object.entries(fields).filter(([, field]) => has(field));
  return Object.fromEntries(entries.map(([name, { spec }]) => [name, sample(spec, version)]));
}

/** The error codes in an answer, with the path of each. */
function errorsIn(fields: Fields, value: Record<string, unknown>, version: number, path = ''): [string, number][] {
  return Object.entries(fields).flatMap(([name, { spec }]): [string, number][] => {
    if (version < spec.since || version > spec.until) return [];
    if (isErrorCode(name)) return [[path + name, value[name] as number]];
    if (spec.element?.fields === undefined || value[name] === null) return [];
    return (value[name] as Record<string, unknown>[]).flatMap((item) =>
      errorsIn(spec.element!.fields!, item, version, `${path}${name}.`),
    );
  });
}

function failed(api: Api, version: number, code: number): Record<string, unknown> {
  const sent = encodeRequest(api, version, { correlationId: 1, clientId: null }, sampleOf(api.request.fields, version));
  const reader = new Reader(Buffer.concat(sent).subarray(4));
  decode(RequestHeaderMessage, requestHeaderVersion(api, version), reader);
  const request = decodeRequest(api, version, reader);
  const answer = answerOf(api, request, version, { code, message: null });
  const frame = Buffer.concat(encodeResponse(api, version, 1, answer)).subarray(4);
  return decodeResponse(api, version, frame).body as Record<string, unknown>;
}

const cases = apis
  .filter(({ name }) => !FROM_THE_BROKER.has(name))
  .flatMap((api) =>
    Array.from({ length: api.versions[1] - api.versions[0] + 1 }, (_, i) => [api.name, api.versions[0] + i] as const),
  );

test.each(cases)('%s v%i says everywhere that it failed', (name, version) => {
  const api = apiByName(name)!;
  const errors = errorsIn(api.response.fields, failed(api, version, CODE), version);
  expect(errors.length).toBeGreaterThan(0);
  // A share partition that fails says so itself; the answer as a whole is none of sessions.
  const told = errors.filter(([path]) => !(/^Share(Fetch|Acknowledge)$/.test(name) && path === 'errorCode'));
  expect(told.filter(([, code]) => code !== CODE)).toEqual([]);
});

test('items are those of the request', () => {
  expect(failed(apiByName('Produce')!, 9, CODE)).toMatchObject({
    responses: [
      { name: 'some', partitionResponses: [{ index: 7, errorCode: CODE, baseOffset: -1, logStartOffset: -1 }] },
    ],
  });
  expect(failed(apiByName('DeleteTopics')!, 6, CODE)).toMatchObject({
    responses: [{ name: 'some', topicId: 's8QnWx_YTbSdbMqku1_M7w', errorCode: CODE, errorMessage: null }],
  });
  expect(failed(apiByName('OffsetFetch')!, 8, CODE)).toMatchObject({
    groups: [{ groupId: 'some', errorCode: CODE, topics: [] }],
  });
  expect(failed(apiByName('AlterUserScramCredentials')!, 0, CODE)).toMatchObject({
    results: [{ user: 'some', errorCode: CODE }],
  });
});

test('of committed offsets some errors are those of partitions, as clients expect', () => {
  const partition = { partitionIndex: 7, committedOffset: -1, errorCode: ErrorCode.UNSTABLE_OFFSET_COMMIT };
  const topics = [{ partitions: [partition] }];
  const failedFetch = (version: number) => failed(apiByName('OffsetFetch')!, version, ErrorCode.UNSTABLE_OFFSET_COMMIT);
  expect(failedFetch(7)).toMatchObject({ errorCode: 0, topics });
  expect(failedFetch(8)).toMatchObject({ groups: [{ groupId: 'some', errorCode: 0, topics }] });
});

test('an error of share sessions is one of the whole answer', () => {
  const code = ErrorCode.SHARE_SESSION_NOT_FOUND;
  expect(failed(apiByName('ShareFetch')!, 1, code)).toMatchObject({ errorCode: code, responses: [] });
});
