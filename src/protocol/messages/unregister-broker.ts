// UnregisterBroker: forget a broker.
import { api, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const UnregisterBroker = api({
  name: 'UnregisterBroker',
  key: 64,
  versions: [0, 0],
  flexible: 0,
  request: { brokerId: int32 },
  response: { throttleTimeMs: int32, errorCode: int16, errorMessage: string.nullable() },
});

export interface UnregisterBrokerRequest extends RequestOf<typeof UnregisterBroker> {}
export interface UnregisterBrokerResponse extends ResponseOf<typeof UnregisterBroker> {}
