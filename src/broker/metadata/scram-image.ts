import type { ScramCredential, ScramCredentials } from './image.ts';

/** The SCRAM credentials that the metadata records say there are. */
export class ScramImage {
  readonly #byUser = new Map<string, ReadonlyMap<number, ScramCredential>>();

  get credentials(): ScramCredentials {
    return this.#byUser;
  }

  set(user: string, mechanism: number, credential: ScramCredential): void {
    this.#byUser.set(user, new Map(this.#byUser.get(user)).set(mechanism, credential));
  }

  remove(user: string, mechanism: number): void {
    const left = new Map(this.#byUser.get(user));
    left.delete(mechanism);
    if (left.size === 0) this.#byUser.delete(user);
    else this.#byUser.set(user, left);
  }
}
