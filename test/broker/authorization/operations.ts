// For every permission that a case needs: which other operations on the same resource do in its place.
import { SUPPORTED_OPERATIONS } from '../../../src/protocol/acl.ts';
import { describePermission, Op, type Permission } from './cases.ts';
import { CASES, PROPERTIES, subjectOf } from './session.ts';

/** server.properties of the broker: groups assign at once, so that nothing depends on how long the session takes. */
export const OPERATIONS_PROPERTIES: ReadonlyMap<string, string> = new Map([
  ...PROPERTIES,
  ['group.consumer.assignment.interval.ms', '0'],
  ['group.share.assignment.interval.ms', '0'],
  ['group.streams.assignment.interval.ms', '0'],
  ['group.streams.initial.rebalance.delay.ms', '0'],
]);

export interface RecordedOperations {
  readonly api: string;
  readonly version: number;
  /** Which of CASES. */
  readonly index: number;
  readonly need: string;
  /** With these it is answered as with the permission that it needs. */
  readonly serve: readonly string[];
  /** Answers that are neither those with nor those without it, by operation. */
  readonly other: Readonly<Record<string, unknown>>;
}

const nameOf = (operation: number): string => Object.entries(Op).find(([, code]) => code === operation)![0];

/** Of a resource, the operations that a permission can name besides `but`. */
const others = ({ resourceType, operation: but }: Permission): number[] =>
  [Op.ALL, ...(SUPPORTED_OPERATIONS.get(resourceType) ?? [])].filter((operation) => operation !== but);

/** The cases' needs, one after the other, each replaced by all others. Needs that change nothing are left out. */
export async function runOperationsSession(port: number, pauseMs = 0): Promise<RecordedOperations[]> {
  const answer = await subjectOf(port, pauseMs);
  const recorded: RecordedOperations[] = [];
  for (const [index, each] of CASES.entries())
    for (const need of each.needs) {
      const rest = each.needs.filter((other) => other !== need);
      const text = async (granted: readonly Permission[]) => JSON.stringify(await answer(each, granted));
      const [without, withIt] = [await text(rest), await text(each.needs)];
      if (without === withIt) continue;
      const serve: string[] = [];
      const other: Record<string, unknown> = {};
      for (const operation of others(need)) {
        const answered = await text([...rest, { ...need, operation }]);
        if (answered === withIt) serve.push(nameOf(operation));
        else if (answered !== without) other[nameOf(operation)] = JSON.parse(answered);
      }
      const { api, version } = each;
      recorded.push({ api: api.name, version, index, need: describePermission(need), serve, other });
    }
  return recorded;
}
