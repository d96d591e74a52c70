// SaslHandshake: choose a SASL mechanism; v1 wraps what follows in SaslAuthenticate.
import { api, array, int16, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const SaslHandshake = api({
  name: 'SaslHandshake',
  key: 17,
  versions: [0, 1],
  flexible: null,
  request: { mechanism: string },
  response: { errorCode: int16, mechanisms: array(string) },
});

export interface SaslHandshakeRequest extends RequestOf<typeof SaslHandshake> {}
export interface SaslHandshakeResponse extends ResponseOf<typeof SaslHandshake> {}
