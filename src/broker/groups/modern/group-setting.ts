import type { ModernContext } from './modern-context.ts';

/** A setting of the group where it has one, else the broker's; milliseconds. */
export function groupSetting(
  context: Pick<ModernContext<unknown, unknown>, 'configsOf'>,
  groupId: string,
  name: string,
  ofBroker: number,
): number {
  const own = context.configsOf(groupId).get(name);
  return own === undefined ? ofBroker : Number(own);
}
