// One request on its way through its guard to its handler.
import type { ApiName, ApisByName } from '../../protocol/messages/index.ts';
import type { RequestOf, ResponseInput } from '../../protocol/schema.ts';
import { errorAnswer } from '../controls/error-answer.ts';
import { type Handler, NO_RESPONSE, type RequestContext } from '../handlers/define.ts';
import type { Services } from '../services.ts';
import type { Access } from './access.ts';

export type Request<N extends ApiName> = RequestOf<ApisByName[N]>;
export type Response<N extends ApiName> = ResponseInput<ApisByName[N]>;
export type Answer<N extends ApiName> = Response<N> | typeof NO_RESPONSE;

/** Decides what of a request is served. */
export type Guard<N extends ApiName> = (call: Call<N>) => Answer<N> | Promise<Answer<N>>;
export type Guards = { readonly [N in ApiName]?: Guard<N> };

export class Call<N extends ApiName> {
  readonly request: Request<N>;
  readonly context: RequestContext;
  readonly access: Access;
  readonly #handler: Handler;

  constructor(handler: Handler, request: Request<N>, context: RequestContext, access: Access) {
    this.#handler = handler;
    this.request = request;
    this.context = context;
    this.access = access;
  }

  get services(): Services {
    return this.context.services;
  }

  get apiVersion(): number {
    return this.context.apiVersion;
  }

  /** The handler's answer to the request, or to what is left of it. */
  serve(request: Request<N> = this.request, apiVersion = this.apiVersion): Answer<N> | Promise<Answer<N>> {
    const context = apiVersion === this.apiVersion ? this.context : { ...this.context, apiVersion };
    return this.#handler.handle(request, context) as Answer<N> | Promise<Answer<N>>;
  }

  /** {@link serve}, and what is to become of the answer. Nothing is added where the protocol has no answer. */
  serveThen(then: (response: Response<N>) => Response<N>, request?: Request<N>): Answer<N> | Promise<Answer<N>> {
    const served = this.serve(request);
    const go = (answer: Answer<N>) => (answer === NO_RESPONSE ? answer : then(answer as Response<N>));
    return served instanceof Promise ? served.then(go) : go(served);
  }

  /**
   * The answer to the request, or to a part of it, that is not served (AbstractRequest.getErrorResponse).
   * @param message the text where the API has room for one; null for none
   */
  refuse(code: number, request: Request<N> = this.request, message: string | null = null): Response<N> {
    return errorAnswer(this.#handler, request, this.context, { code, message }) as Response<N>;
  }
}
