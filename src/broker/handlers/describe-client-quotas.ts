// DescribeClientQuotas, v0-1 (KIP-546): the quotas of the entities that a filter matches.
// v1: flexible.
// Follows org.apache.kafka.image.ClientQuotasImage.describe.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import {
  DescribeClientQuotas,
  type DescribeClientQuotasRequest,
} from '../../protocol/messages/describe-client-quotas.ts';
import type { EntityQuotas, QuotaEntity } from '../metadata/image.ts';
import { entityData, isQuotaEntityType } from '../quotas/entity.ts';
import { defineHandler } from './define.ts';
import { resourceFailure } from './failures.ts';

type Component = DescribeClientQuotasRequest['components'][number];

const MatchType = { EXACT: 0, DEFAULT: 1, SPECIFIED: 2 } as const;

export const describeClientQuotasHandler = defineHandler(DescribeClientQuotas, (request, { services }) => {
  try {
    checkComponents(request.components);
  } catch (error) {
    return { throttleTimeMs: 0, ...resourceFailure(error), entries: null };
  }
  const matching = [...services.metadata.clientQuotas].filter(({ entity }) => matches(entity, request));
  const entries = matching.map(describeEntry);
  return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, errorMessage: '', entries };
});

/** @throws KafkaError with Kafka's code and text */
function checkComponents(components: readonly Component[]): void {
  const types = components.map(({ entityType }) => entityType);
  for (const [at, component] of components.entries()) {
    const { entityType } = component;
    if (entityType === '') throw invalid('Invalid empty entity type.');
    if (types.indexOf(entityType) < at)
      throw invalid(`Entity type ${entityType} cannot appear more than once in the filter.`);
    if (!isQuotaEntityType(entityType))
      throw new KafkaError(ErrorCode.UNSUPPORTED_VERSION, `Unsupported entity type ${entityType}`);
    checkMatch(component);
  }
  if (types.includes('ip') && types.length > 1) {
    const message =
      'Invalid entity filter component combination. IP filter component should not be used with user or clientId filter component.';
    throw invalid(message);
  }
}

/** @throws KafkaError INVALID_REQUEST */
function checkMatch({ matchType, match }: Component): void {
  const isGiven = match !== null;
  switch (matchType) {
    case MatchType.EXACT:
      if (!isGiven) throw invalid('Request specified MATCH_TYPE_EXACT, but set match string to null.');
      break;
    case MatchType.DEFAULT:
      if (isGiven) throw invalid('Request specified MATCH_TYPE_DEFAULT, but also specified a match string.');
      break;
    case MatchType.SPECIFIED:
      if (isGiven) throw invalid('Request specified MATCH_TYPE_SPECIFIED, but also specified a match string.');
      break;
    default:
      throw invalid(`Unknown match type ${matchType}`);
  }
}

/** Strictly, an entity has no parts but those of the filter. */
function matches(entity: QuotaEntity, { components, strict }: DescribeClientQuotasRequest): boolean {
  if (strict && entity.size !== components.length) return false;
  return components.every(({ entityType, matchType, match }) => {
    const name = entity.get(entityType);
    return name !== undefined && (matchType === MatchType.SPECIFIED || name === match);
  });
}

function describeEntry({ entity, values }: EntityQuotas) {
  return { entity: entityData(entity), values: [...values].map(([key, value]) => ({ key, value })) };
}

function invalid(message: string): KafkaError {
  return new KafkaError(ErrorCode.INVALID_REQUEST, message);
}
