// SaslHandshake (v0-1) and SaslAuthenticate (v0-2) on a listener without SASL: whoever connects is logged in as ANONYMOUS
// already, so both come too late, as in KafkaApis.handleSaslHandshakeRequest and handleSaslAuthenticateRequest.
import { ErrorCode } from '../../protocol/errors.ts';
import { SaslAuthenticate } from '../../protocol/messages/sasl-authenticate.ts';
import { SaslHandshake } from '../../protocol/messages/sasl-handshake.ts';
import { defineHandler } from './define.ts';

export const saslHandshakeHandler = defineHandler(SaslHandshake, () => ({
  errorCode: ErrorCode.ILLEGAL_SASL_STATE,
  mechanisms: [],
}));

export const saslAuthenticateHandler = defineHandler(SaslAuthenticate, () => ({
  errorCode: ErrorCode.ILLEGAL_SASL_STATE,
  errorMessage: 'SaslAuthenticate request received after successful authentication',
  authBytes: Buffer.alloc(0),
}));
