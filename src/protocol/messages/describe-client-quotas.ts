// DescribeClientQuotas: quotas of users, clients and addresses (KIP-546).
import { api, array, bool, float64, int8, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const DescribeClientQuotas = api({
  name: 'DescribeClientQuotas',
  key: 48,
  versions: [0, 1],
  flexible: 1,
  request: { components: array({ entityType: string, matchType: int8, match: string.nullable() }), strict: bool },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: string.nullable(),
    entries: array({
      entity: array({ entityType: string, entityName: string.nullable() }),
      values: array({ key: string, value: float64 }),
    }).nullable(),
  },
});

export interface DescribeClientQuotasRequest extends RequestOf<typeof DescribeClientQuotas> {}
export interface DescribeClientQuotasResponse extends ResponseOf<typeof DescribeClientQuotas> {}
