// The server-side assignors by their names; group.consumer.assignors says which of them are used.
import type { Assignor } from '../../modern/assignor.ts';
import { assignRanges } from './range.ts';
import { assignUniformly } from './uniform.ts';

export const ASSIGNORS: ReadonlyMap<string, Assignor> = new Map([
  ['uniform', assignUniformly],
  ['range', assignRanges],
]);
