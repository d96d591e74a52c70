// Brokers with quotas and a clock that stands still.

import { ManualClock } from '../../../src/util/clock.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { NOW_MS } from '../data-path.ts';

export type Quota = readonly [entity: Record<string, string | null>, key: string, value: number | null];

export async function brokerWithQuotas(...quotas: Quota[]) {
  const clock = new ManualClock(NOW_MS);
  const broker = await startTestBroker({ clock });
  const setQuotas = (...changes: Quota[]) =>
    broker.services.metadata.changeClientQuotas(
      changes.map(([entity, key, value]) => ({ entity: new Map(Object.entries(entity)), key, value })),
    );
  setQuotas(...quotas);
  return { broker, clock, setQuotas };
}
