// A request as those see it who watch a broker or disturb it.
import type { ApiName, ApisByName } from '../../protocol/messages/index.ts';
import { SaslAuthenticate } from '../../protocol/messages/sasl-authenticate.ts';
import type { RequestOf } from '../../protocol/schema.ts';
import { ZERO_UUID } from '../../util/uuid.ts';
import type { Handler, RequestContext } from '../handlers/define.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';

/** A request that came in. */
export interface SeenRequest<N extends ApiName = ApiName> {
  readonly api: N;
  readonly version: number;
  readonly clientId: string | null;
  readonly correlationId: number;
  /** Who asked: `User:alice`, `User:ANONYMOUS`. */
  readonly principal: string;
  /**
   * Decoded: fields that the version lacks have their defaults. Records are bytes (RecordBatch), as the broker has
   * them; what a client logs in with is left out.
   */
  readonly body: RequestOf<ApisByName[N]>;
  /** When the broker took it up, in milliseconds since the epoch by the broker's clock. */
  readonly timeMs: number;
  /** Of the broker that it came to, where there are several. */
  readonly nodeId: number;
  /** Tells connections apart. */
  readonly connectionId: number;
  /** Of the topics it names, by name or id. A fetch that goes on as before names none (KIP-227). */
  readonly topics: readonly string[];
}

export function seenRequest(handler: Handler, body: unknown, context: RequestContext): SeenRequest {
  const { apiVersion, clientId, correlationId, connection, services } = context;
  let topics: readonly string[] | undefined;
  return {
    api: handler.api.name as ApiName,
    version: apiVersion,
    clientId,
    correlationId,
    principal: connection.principal,
    body: withoutSecrets(handler, body) as SeenRequest['body'],
    timeMs: services.clock.nowMs(),
    nodeId: services.nodeId,
    connectionId: connection.id,
    get topics() {
      topics ??= [...topicsOf(body, services.metadata)];
      return topics;
    },
  };
}

/** A login's own bytes are nobody's to see. */
function withoutSecrets({ api }: Handler, body: unknown): unknown {
  return api === SaslAuthenticate ? { ...(body as object), authBytes: Buffer.alloc(0) } : body;
}

const TOPIC_RESOURCE = 2;

/** Topics are named under a handful of names, in lists one or two levels deep. */
function topicsOf(value: unknown, metadata: Pick<MetadataStore, 'topicById'>, found = new Set<string>()): Set<string> {
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return found;
  for (const [key, entry] of Object.entries(value)) {
    if (!Array.isArray(entry)) continue;
    for (const item of entry) {
      if (typeof item === 'string' && /topic/i.test(key)) found.add(item);
      else if (typeof item === 'object' && item !== null) {
        const name = topicOf(key, item, metadata);
        if (name !== undefined) found.add(name);
        topicsOf(item, metadata, found);
      }
    }
  }
  return found;
}

interface Named {
  readonly topic?: unknown;
  readonly topicName?: unknown;
  readonly name?: unknown;
  readonly topicId?: unknown;
  readonly resourceType?: unknown;
  readonly resourceName?: unknown;
}

function topicOf(list: string, item: Named, metadata: Pick<MetadataStore, 'topicById'>): string | undefined {
  if (item.resourceType !== undefined)
    return item.resourceType === TOPIC_RESOURCE ? String(item.resourceName) : undefined;
  const name = item.topic ?? item.topicName ?? (/topic/i.test(list) ? item.name : undefined);
  if (typeof name === 'string' && name !== '') return name;
  const { topicId } = item;
  return typeof topicId === 'string' && topicId !== ZERO_UUID ? metadata.topicById(topicId)?.name : undefined;
}
