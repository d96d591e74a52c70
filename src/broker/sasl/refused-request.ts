// What a request is answered that comes in the middle of a login and is none of its messages (SaslServerAuthenticator asks
// AbstractRequest.getErrorResponse): clients that did not notice that they were refused, as kafkajs with OAUTHBEARER, see this.
import { ErrorCode } from '../../protocol/errors.ts';
import type { FetchRequest } from '../../protocol/messages/fetch.ts';
import type { MetadataRequest } from '../../protocol/messages/metadata.ts';
import type { Api } from '../../protocol/schema.ts';
import { answerOf } from '../controls/error-answer.ts';

const code = ErrorCode.ILLEGAL_SASL_STATE;
/** Errors.ILLEGAL_SASL_STATE.message(). */
const TEXT_OF_CODE = 'Request is not valid given the current SASL state.';

/** Whose answers have the text of the code, or none, where those of others have the reason. */
const WITH_TEXT_OF_CODE: ReadonlySet<string> = new Set([
  ...['AddRaftVoter', 'RemoveRaftVoter', 'DescribeQuorum', 'AlterClientQuotas', 'DescribeConfigs', 'FindCoordinator'],
  ...['AlterShareGroupOffsets', 'DeleteShareGroupOffsets', 'ReadShareGroupState', 'WriteShareGroupState'],
]);
const WITHOUT_TEXT: ReadonlySet<string> = new Set([
  ...['ConsumerGroupHeartbeat', 'ShareGroupHeartbeat', 'StreamsGroupHeartbeat', 'ConsumerGroupDescribe'],
  ...['StreamsGroupDescribe', 'DescribeProducers', 'DeleteTopics', 'DeleteShareGroupState', 'ShareFetch'],
]);

/** @returns the response, ready to be encoded; undefined where Kafka has none: Produce with acks=0 */
export function refusedRequest(api: Api, request: unknown, version: number, reason: string): unknown {
  if (api.name === 'Metadata') return metadata(request as MetadataRequest, version);
  if (api.name === 'Fetch') return fetch(request as FetchRequest, version);
  if (api.name === 'Produce' && (request as { acks: number }).acks === 0) return undefined;
  const other = WITHOUT_TEXT.has(api.name) ? null : reason;
  const message = WITH_TEXT_OF_CODE.has(api.name) ? TEXT_OF_CODE : other;
  return answerOf(api, request, version, { code, message });
}

/** Nobody is told who the brokers are. */
function metadata({ topics }: MetadataRequest, version: number) {
  const refused = (topics ?? []).map(({ name, topicId }) => {
    return { errorCode: code, name: version < 12 ? (name ?? '') : name, topicId, partitions: [] };
  });
  return { brokers: [], topics: refused, errorCode: code };
}

function fetch({ sessionId, topics }: FetchRequest, version: number) {
  const partition = { errorCode: code, highWatermark: -1, abortedTransactions: [], records: Buffer.alloc(0) };
  const responses = topics.map(({ topic, partitions }) => ({
    topic,
    partitions: partitions.map((asked) => ({ ...partition, partitionIndex: asked.partition })),
  }));
  // Those with ids are not named.
  return { errorCode: code, sessionId, responses: version < 13 ? responses : [] };
}
