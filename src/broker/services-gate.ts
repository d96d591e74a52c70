// Where requests wait while there is nothing yet, or for a moment nothing any more, that could serve them.
import { deferred } from '../util/deferred.ts';
import type { Answer } from './network/answer.ts';
import type { ConnectionInfo } from './network/connection-info.ts';
import { dispatch } from './network/dispatch.ts';
import type { DispatchServices } from './network/dispatch-services.ts';

export class ServicesGate {
  /** undefined while shut. */
  current: DispatchServices | undefined;
  #opened = deferred<DispatchServices>();

  open(services: DispatchServices): void {
    this.current = services;
    this.#opened.resolve(services);
  }

  shut(): void {
    this.current = undefined;
    this.#opened = deferred();
  }

  /** Serves a request, when open. */
  dispatch(frame: Buffer, connection: ConnectionInfo): Answer | Promise<Answer> {
    return this.current === undefined
      ? this.#opened.promise.then((services) => dispatch(frame, connection, services))
      : dispatch(frame, connection, this.current);
  }
}
