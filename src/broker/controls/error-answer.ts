// The answer of a request that fails: of the right shape for every API and version, with the error where Kafka's own broker
// puts it (AbstractRequest.getErrorResponse), so that clients react as they would to a real failure.
//
// Which items an answer has (partitions, topics, groups) comes from the request: error-items/ says how, API by API. The
// error goes into every error field of the response's schema on the way down.
import { ErrorCode } from '../../protocol/errors.ts';
import type { Api, Fields } from '../../protocol/schema.ts';
import { unsupportedApiVersions } from '../handlers/api-versions.ts';
import { CloseConnection, type Handler, type RequestContext } from '../handlers/define.ts';
import { errorItems, type Items } from './error-items/index.ts';
import { fetchError } from './fetch-error.ts';

/** What a client is told: a code of Kafka's, and a text where the API has room for one. */
export interface AnsweredError {
  readonly code: number;
  /** null for Kafka's own text of the code, which clients know. */
  readonly message: string | null;
}

/**
 * The response, ready to be encoded.
 * @throws CloseConnection where Kafka can only close the connection: Produce with acks=0
 */
export function errorAnswer(
  handler: Handler,
  request: unknown,
  context: RequestContext,
  error: AnsweredError,
): unknown {
  const { api } = handler;
  if (api.name === 'Fetch') return fetchError(request as never, context, error.code);
  if (api.name === 'ApiVersions' && error.code === ErrorCode.UNSUPPORTED_VERSION) return unsupportedApiVersions();
  if (api.name === 'Metadata') return metadataError(handler, request as never, context, error.code);
  if (api.name === 'Produce' && (request as { acks: number }).acks === 0)
    throw new CloseConnection('Produce without acks cannot be answered with an error');
  return answerOf(api, request, context.apiVersion, error);
}

/** {@link errorAnswer} for the APIs whose answer follows from schema and request alone. */
export function answerOf(api: Api, request: unknown, version: number, error: AnsweredError): Items {
  const items = errorItems(api.name, request, version, error.code);
  return withErrors(api.response.fields, items, version, error);
}

/** Sets every error field that a version has, in the items that are there. */
function withErrors(fields: Fields, given: Items, version: number, error: AnsweredError): Items {
  const filled: Record<string, unknown> = { ...given };
  for (const [name, { spec }] of Object.entries(fields)) {
    if (version < spec.since || version > spec.until || given[name] === null) continue;
    if (isErrorCode(name)) filled[name] ??= error.code;
    else if (isErrorMessage(name)) {
      const nullable = spec.nullableSince !== undefined && version >= spec.nullableSince;
      filled[name] ??= error.message ?? (nullable ? null : '');
    }
    const elements = spec.element?.fields;
    const items = given[name];
    if (elements !== undefined && Array.isArray(items))
      filled[name] = items.map((item: Items) => withErrors(elements, item, version, error));
  }
  return filled;
}

/** `topicConfigErrorCode` says only why a new topic's configs are not told. */
export const isErrorCode = (name: string): boolean => /errorCode$/i.test(name) && name !== 'topicConfigErrorCode';
const isErrorMessage = (name: string): boolean => /errorMessage$/i.test(name);

interface MetadataAnswer {
  readonly topics: readonly object[];
}

/**
 * The brokers are told as ever, or a client had nobody left to ask; the error is that of each topic, and of the whole
 * answer only where it is one of a whole answer (KIP-1102).
 */
function metadataError(handler: Handler, request: object, context: RequestContext, errorCode: number): unknown {
  if (errorCode === ErrorCode.REBOOTSTRAP_REQUIRED) return { brokers: [], topics: [], errorCode };
  const answer = handler.handle({ ...request, allowAutoTopicCreation: false }, context) as MetadataAnswer;
  return { ...answer, topics: answer.topics.map((topic) => ({ ...topic, errorCode, partitions: [] })) };
}
