// The handlers of a broker with an authorizer: each behind its guard.
import type { ApiName } from '../../protocol/messages/index.ts';
import type { Logger } from '../../util/logger.ts';
import type { Handler, RequestContext } from '../handlers/define.ts';
import type { Authorizer } from '../security/authorizer.ts';
import { Access } from './access.ts';
import { Call, type Guard } from './call.ts';
import { guards } from './guards.ts';

/**
 * What is served, with every request checked first; the very handlers where everybody may do everything.
 * @param audit gets a line for each denial
 * @throws Error for an API that nobody has said the permissions of
 */
export function guarded(
  handlers: ReadonlyMap<number, Handler>,
  authorizer: Authorizer | undefined,
  audit: Logger,
): ReadonlyMap<number, Handler> {
  if (authorizer === undefined) return handlers;
  return new Map([...handlers].map(([key, handler]) => [key, behindGuard(handler, authorizer, audit)]));
}

function behindGuard(handler: Handler, authorizer: Authorizer, audit: Logger): Handler {
  const apiName = handler.api.name as ApiName;
  const guard = guards[apiName] as Guard<ApiName> | undefined;
  if (guard === undefined) throw new Error(`no guard says who may use ${apiName}`);
  return {
    ...handler,
    handle(request: unknown, given: RequestContext) {
      const access = new Access({ authorizer, audit, apiName, connection: given.connection });
      return guard(new Call(handler, request as never, { ...given, access }, access));
    },
  };
}
