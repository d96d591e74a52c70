import { expect, it } from 'vitest';
import { SampledRate } from '../../../src/broker/quotas/sampled-rate.ts';

const WINDOWS = { count: 11, lengthMs: 1_000 };

it('counts windows in which nothing happened yet', () => {
  const rate = new SampledRate(WINDOWS);
  rate.record(1_000, 0);
  expect(rate.measure(0)).toEqual({ perSecond: 100, spanMs: 10_000 });
  expect(rate.measure(500)).toEqual({ perSecond: 1_000 / 10.5, spanMs: 10_500 });
});

it('forgets what is older than all windows', () => {
  const rate = new SampledRate(WINDOWS);
  rate.record(1_000, 0);
  rate.record(500, 5_000);
  expect(rate.measure(10_999).perSecond).toBeCloseTo(1_500 / 10.999);
  expect(rate.measure(11_000).perSecond).toBeCloseTo(500 / 10);
  expect(rate.measure(16_000)).toEqual({ perSecond: 0, spanMs: 10_000 });
});

it('gives the wait after which the rate is met', () => {
  const rate = new SampledRate(WINDOWS);
  rate.record(20_000, 0);
  expect(rate.throttleMs(1_000, 0)).toBe(10_000);
  expect(rate.throttleMs(2_000, 0)).toBe(0);
  rate.record(-10_000, 0);
  expect(rate.throttleMs(1_000, 0)).toBe(0);
});
