// ListConfigResources: names of resources that can have configs. v0 was ListClientMetricsResources (KIP-714), v1 all
// types (KIP-1142).
import { api, array, int8, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const ListConfigResources = api({
  name: 'ListConfigResources',
  key: 74,
  versions: [0, 1],
  flexible: 0,
  request: { resourceTypes: array(int8).since(1) },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    configResources: array({ resourceName: string, resourceType: int8.since(1).default(16) }),
  },
});

export interface ListConfigResourcesRequest extends RequestOf<typeof ListConfigResources> {}
export interface ListConfigResourcesResponse extends ResponseOf<typeof ListConfigResources> {}
