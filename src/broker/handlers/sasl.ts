// SaslHandshake (v0-1) and SaslAuthenticate (v0-2): the way in on a SASL listener, and the way to log in once more (KIP-368).
// Where nobody has to log in both come too late. A failed login is answered after connection.failed.authentication.delay.ms,
// and the connection ends. Follows SaslServerAuthenticator, KafkaApis.handleSaslHandshakeRequest and …AuthenticateRequest.
import { ErrorCode } from '../../protocol/errors.ts';
import { SaslAuthenticate } from '../../protocol/messages/sasl-authenticate.ts';
import { SaslHandshake } from '../../protocol/messages/sasl-handshake.ts';
import type { Api } from '../../protocol/schema.ts';
import { SaslAuthenticationError } from '../../util/sasl/sasl.ts';
import { LoggerName } from '../loggers.ts';
import type { Answer } from '../network/answer.ts';
import type { ConnectionInfo } from '../network/connection-info.ts';
import { refusedRequest } from '../sasl/refused-request.ts';
import { SaslSession } from '../sasl/session.ts';
import type { Services } from '../services.ts';
import { CloseConnection, defineHandler, NO_RESPONSE, type RequestContext } from './define.ts';

export const saslHandshakeHandler = defineHandler(SaslHandshake, async ({ mechanism }, context) => {
  const { connection, services, apiVersion } = context;
  const session = sessionOf(connection, services);
  if (!session?.mayBegin) return { errorCode: ErrorCode.ILLEGAL_SASL_STATE, mechanisms: [] };
  const enabled = services.sasl.mechanisms(connection.listenerName);
  const mechanisms = [...enabled.keys()];
  const chosen = enabled.get(mechanism);
  if (chosen === undefined) {
    await failed(`Unsupported SASL mechanism ${mechanism}`, connection, services);
    return { errorCode: ErrorCode.UNSUPPORTED_SASL_MECHANISM, mechanisms };
  }
  session.begin(mechanism, chosen);
  if (apiVersion === 0) connection.authentication.rawFrames = (frame) => rawStep(frame, session, connection, services);
  return { errorCode: ErrorCode.NONE, mechanisms };
});

export const saslAuthenticateHandler = defineHandler(SaslAuthenticate, async ({ authBytes }, context) => {
  const { connection, services } = context;
  const session = sessionOf(connection, services);
  if (!session?.isInExchange)
    return {
      errorCode: ErrorCode.ILLEGAL_SASL_STATE,
      errorMessage: 'SaslAuthenticate request received after successful authentication',
      authBytes: Buffer.alloc(0),
    };
  try {
    const { answer, sessionLifetimeMs } = await session.step(authBytes);
    return { errorCode: ErrorCode.NONE, errorMessage: null, authBytes: answer, sessionLifetimeMs };
  } catch (error) {
    if (!(error instanceof SaslAuthenticationError)) throw error;
    await failed(logText(error), connection, services);
    const { message: errorMessage } = error;
    return { errorCode: ErrorCode.SASL_AUTHENTICATION_FAILED, errorMessage, authBytes: Buffer.alloc(0) };
  }
});

/** What a request gets that is none of the login in the midst of which it comes, before the connection ends. */
export async function refuseInLogin(reason: string, api: Api, request: unknown, context: RequestContext) {
  await failed(reason, context.connection, context.services);
  return refusedRequest(api, request, context.apiVersion, reason) ?? NO_RESPONSE;
}

/** Undefined where there is no login. */
function sessionOf({ authentication }: ConnectionInfo, { clock }: Services): SaslSession | undefined {
  if (!authentication.isSasl) return undefined;
  authentication.sasl ??= new SaslSession(authentication, clock);
  return authentication.sasl as SaslSession;
}

/** A token after SaslHandshake v0 comes in a frame of its own, and so does its answer; a failure has none. */
async function rawStep(
  frame: Buffer,
  session: SaslSession,
  connection: ConnectionInfo,
  services: Services,
): Promise<Answer> {
  try {
    const { answer } = await session.step(frame);
    const size = Buffer.alloc(4);
    size.writeInt32BE(answer.length);
    return [size, answer];
  } catch (error) {
    if (!(error instanceof SaslAuthenticationError)) throw error;
    await failed(logText(error), connection, services);
    throw new CloseConnection(error.message);
  }
}

function logText({ message, cause }: SaslAuthenticationError): string {
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}

/** Tells the log, waits as long as guessing shall take, and has the connection end after its answer. */
async function failed(reason: string, connection: ConnectionInfo, { loggers, config, clock }: Services): Promise<void> {
  const { clientHost, listenerName } = connection;
  loggers.named(LoggerName.NETWORK).info(`Failed authentication with ${clientHost} on ${listenerName} (${reason})`);
  const { connectionFailedAuthenticationDelayMs: delayMs } = config;
  // Without a delay, too, the connection has to know first that an answer is to come.
  await new Promise<void>((resolve) => {
    if (delayMs === 0) resolve();
    else {
      const timer = clock.setTimer(delayMs, resolve);
      connection.onClose(() => {
        timer.cancel();
        resolve();
      });
    }
  });
  connection.closeWhenServed();
}
