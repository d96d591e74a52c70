import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { IllegalArgument } from '../illegal-argument.ts';
import { javaSplit } from '../java-split.ts';

// What stands between brackets is not taken apart.
const OUTSIDE_BRACKETS = String.raw`(?=[^\]]*(?:\[|$))`;
const COMMA = new RegExp(`,${OUTSIDE_BRACKETS}`);
const EQUALS = new RegExp(String.raw`\s*=\s*${OUTSIDE_BRACKETS}`);

/**
 * The settings of an `--add-config` argument, `k1=v1,k2=[a,b]`: brackets protect commas and equals signs and are all taken
 * away; the last of several values of a key counts. Throws IllegalArgument with Kafka's texts.
 */
export function parseAddConfig(argument: string): Map<string, string> {
  const pairs = javaSplit(argument, COMMA).map((item) => item.split(EQUALS));
  if (!pairs.every((pair) => pair.length === 2))
    throw new IllegalArgument(
      'requirement failed: Invalid entity config: all configs to be added must be in the format "key=val" or  "key=[val1,val2]" to group values which contain commas.',
    );
  return checkedKeys(new Map(pairs.map(([key, value]) => [key!.trim(), value!.replace(/[[\]]/g, '').trim()])));
}

/** The same settings, in the order of Kafka's hash maps, if all keys can be keys. */
export function checkedKeys(configs: ReadonlyMap<string, string>): Map<string, string> {
  const ordered = hashMapOrder(configs, ([key]) => javaStringHash(key));
  const [bad] = ordered.find(([key]) => !/^[$\w.-]*$/.test(key)) ?? [];
  if (bad !== undefined) throw new IllegalArgument(`Invalid character found for config key: ${bad}`);
  return new Map(ordered);
}

/** What is to be changed of an entity. */
export interface Changes {
  readonly add: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}
