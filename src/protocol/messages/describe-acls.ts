// DescribeAcls: access control entries that match a filter. v1 pattern types (KIP-290).
import { api, array, int8, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const DescribeAcls = api({
  name: 'DescribeAcls',
  key: 29,
  versions: [1, 3],
  flexible: 2,
  request: {
    resourceTypeFilter: int8,
    resourceNameFilter: string.nullable(),
    patternTypeFilter: int8.default(3),
    principalFilter: string.nullable(),
    hostFilter: string.nullable(),
    operation: int8,
    permissionType: int8,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: string.nullable(),
    resources: array({
      resourceType: int8,
      resourceName: string,
      patternType: int8.default(3),
      acls: array({ principal: string, host: string, operation: int8, permissionType: int8 }),
    }),
  },
});

export interface DescribeAclsRequest extends RequestOf<typeof DescribeAcls> {}
export interface DescribeAclsResponse extends ResponseOf<typeof DescribeAcls> {}
