// What a request passes on its way to its handler, beside what the handler works with.
import type { Controls } from '../controls/controls.ts';
import type { Handler } from '../handlers/define.ts';
import type { Services } from '../services.ts';

export interface DispatchServices extends Services {
  /** Where tests look on and interfere. */
  readonly controls: Controls;
  /** All that is served, by API key. */
  readonly handlers: ReadonlyMap<number, Handler>;
}
