import type { Admin } from '../../client/admin.ts';
import { type Clock, systemClock } from '../../util/clock.ts';
import type { Output } from '../output.ts';
import { durationText } from './units.ts';

/** Nobody wonders before the first. */
const EVERY_MS = 1000;

/**
 * The same client, which says on standard error of a terminal what is waited for, and for how long, when an answer takes its
 * time: a cluster that deletes a thousand topics, or one that is away.
 * @param where the cluster for people
 */
export function patient(admin: Admin, output: Output, where: string, clock: Clock = systemClock): Admin {
  return new Proxy(admin, {
    get(target, name) {
      const method = Reflect.get(target, name, target) as unknown;
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => {
        const answer = method.apply(target, args) as unknown;
        return answer instanceof Promise ? waitedFor(answer, output, where, clock) : answer;
      };
    },
  });
}

async function waitedFor<T>(answer: Promise<T>, output: Output, where: string, clock: Clock): Promise<T> {
  const start = clock.monotonicMs();
  let told = false;
  const tell = () => {
    told = true;
    const seconds = Math.floor((clock.monotonicMs() - start) / 1000);
    output.status(`Waiting for ${where}: ${durationText(seconds * 1000)}`);
    timer = clock.setTimer(EVERY_MS, tell);
  };
  let timer = clock.setTimer(EVERY_MS, tell);
  try {
    return await answer;
  } finally {
    timer.cancel();
    if (told) output.status(undefined);
  }
}
