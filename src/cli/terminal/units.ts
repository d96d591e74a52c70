// Numbers as a person reads them, for tables at a terminal. Programs get them as they are.
import type { Unit } from '../../tools/report.ts';

const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const DURATIONS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** 1536 is `1.5 KiB`. */
export function sizeText(bytes: number): string {
  const step = Math.min(SIZES.length - 1, Math.floor(Math.log2(Math.max(1, Math.abs(bytes))) / 10));
  const value = bytes / 1024 ** step;
  return `${step === 0 ? value : trimmed(value)} ${SIZES[step]}`;
}

/** 90000 is `1.5 min`. */
export function durationText(ms: number): string {
  const [unit, length] = DURATIONS.find(([, each]) => Math.abs(ms) >= each) ?? ['ms', 1];
  return `${trimmed(ms / length)} ${unit}`;
}

const trimmed = (value: number): string => value.toFixed(Math.abs(value) < 100 ? 1 : 0).replace(/\.0$/, '');

/** 1234567 is `1,234,567`. */
export const countText = (count: number): string => count.toLocaleString('en-US');

const two = (n: number): string => String(n).padStart(2, '0');

/** Milliseconds since 1970 as `2026-01-31 12:00:00`, local time. */
function timeText(ms: number): string {
  const date = new Date(ms);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** A number in its unit. */
export function unitText(value: number, unit: Unit): string {
  if (unit === 'time') return timeText(value);
  return unit === 'bytes' ? sizeText(value) : unit === 'ms' ? durationText(value) : countText(value);
}
