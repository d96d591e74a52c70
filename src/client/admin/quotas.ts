import { AlterClientQuotas } from '../../protocol/messages/alter-client-quotas.ts';
import { DescribeClientQuotas } from '../../protocol/messages/describe-client-quotas.ts';
import type { Cluster } from '../cluster.ts';
import { refuseIfError } from '../errors.ts';
import { errorField } from './outcomes.ts';
import type { CallOptions, QuotaAlteration, QuotaEntity, QuotaEntry, QuotaFilter, QuotaOutcome } from './types.ts';

const MATCH_EXACT = 0;
const MATCH_DEFAULT = 1;
const MATCH_ANY = 2;

/** @see Admin.describeQuotas */
export function describeQuotas(
  cluster: Cluster,
  filters: readonly QuotaFilter[],
  { timeoutMs, strict = false }: CallOptions & { readonly strict?: boolean } = {},
): Promise<QuotaEntry[]> {
  const components = filters.map(({ type, match }) => ({
    entityType: type,
    matchType: match === undefined ? MATCH_ANY : match === null ? MATCH_DEFAULT : MATCH_EXACT,
    match: match ?? null,
  }));
  return cluster.call(
    'describeClientQuotas',
    'any',
    async (broker) => {
      const response = await broker.send(DescribeClientQuotas, { components, strict });
      refuseIfError(response.errorCode, response.errorMessage);
      return (response.entries ?? []).map(({ entity, values }) => ({
        entity: entity.map(toEntity),
        values: new Map(values.map(({ key, value }) => [key, value])),
      }));
    },
    timeoutMs,
  );
}

/** @see Admin.alterQuotas */
export function alterQuotas(
  cluster: Cluster,
  alterations: readonly QuotaAlteration[],
  { timeoutMs, validateOnly = false }: CallOptions & { readonly validateOnly?: boolean } = {},
): Promise<QuotaOutcome[]> {
  const entries = alterations.map(({ entity, ops }) => ({
    entity: entity.map(({ type, name }) => ({ entityType: type, entityName: name })),
    ops: [...ops].map(([key, value]) => ({ key, value: value ?? 0, remove: value === null })),
  }));
  return cluster.call(
    'alterClientQuotas',
    'any',
    async (broker) => {
      const response = await broker.send(AlterClientQuotas, { entries, validateOnly });
      return response.entries.map(({ entity, errorCode, errorMessage }) => ({
        entity: entity.map(toEntity),
        ...errorField(errorCode, errorMessage),
      }));
    },
    timeoutMs,
  );
}

function toEntity({ entityType, entityName }: { entityType: string; entityName: string | null }): QuotaEntity {
  return { type: entityType, name: entityName };
}
