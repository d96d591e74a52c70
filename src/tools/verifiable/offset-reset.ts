import { type Admin, ConfigResourceType } from '../../client/admin.ts';
import { JavaException } from '../java-exception.ts';
import { throwFirstError } from '../outcomes.ts';

const STRATEGIES = ['earliest', 'latest', 'by_duration'];
const TIMEOUT_MS = 60_000;

/**
 * Sets where a share group begins (share.auto.offset.reset); answers the kind of strategy, as Kafka's script names it.
 * @throws JavaException for a strategy that there is not
 */
export async function setOffsetReset(
  admin: Pick<Admin, 'incrementalAlterConfigs'>,
  group: string,
  strategy: string,
): Promise<string> {
  const type = strategy.split(':')[0]!;
  if (!STRATEGIES.includes(type))
    throw new JavaException('java.lang.IllegalArgumentException', `Unknown auto offset reset strategy: ${strategy}`);
  const ops = [{ name: 'share.auto.offset.reset', op: 'SET', value: type }] as const;
  const resource = { type: ConfigResourceType.GROUP, name: group };
  throwFirstError(await admin.incrementalAlterConfigs([{ resource, ops }], { timeoutMs: TIMEOUT_MS }));
  return type;
}
