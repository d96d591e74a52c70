// AlterConfigs: replace all dynamic configs of resources; superseded by IncrementalAlterConfigs.
import { api, array, bool, int8, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const AlterConfigs = api({
  name: 'AlterConfigs',
  key: 33,
  versions: [0, 2],
  flexible: 2,
  request: {
    resources: array({
      resourceType: int8,
      resourceName: string,
      configs: array({ name: string, value: string.nullable() }),
    }),
    validateOnly: bool,
  },
  response: {
    throttleTimeMs: int32,
    responses: array({ errorCode: int16, errorMessage: string.nullable(), resourceType: int8, resourceName: string }),
  },
});

export interface AlterConfigsRequest extends RequestOf<typeof AlterConfigs> {}
export interface AlterConfigsResponse extends ResponseOf<typeof AlterConfigs> {}
