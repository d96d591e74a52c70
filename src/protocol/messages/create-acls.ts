// CreateAcls: add access control entries.
import { api, array, int8, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const CreateAcls = api({
  name: 'CreateAcls',
  key: 30,
  versions: [1, 3],
  flexible: 2,
  request: {
    creations: array({
      resourceType: int8,
      resourceName: string,
      resourcePatternType: int8.default(3),
      principal: string,
      host: string,
      operation: int8,
      permissionType: int8,
    }),
  },
  response: { throttleTimeMs: int32, results: array({ errorCode: int16, errorMessage: string.nullable() }) },
});

export interface CreateAclsRequest extends RequestOf<typeof CreateAcls> {}
export interface CreateAclsResponse extends ResponseOf<typeof CreateAcls> {}
