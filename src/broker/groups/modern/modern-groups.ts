// The groups of one of the newer protocols as the coordinator holds them.
import { MemberTimers } from './member-timers.ts';
import type { ModernContext } from './modern-context.ts';
import type { ModernGroup } from './modern-group.ts';

type Parts<Context> = Omit<Context, 'groups' | 'timers' | 'config'>;

/** What the steps of a protocol work on, without any group yet. */
export function modernContext<Config, Group, Context extends ModernContext<Config, Group>>(
  parts: Parts<Context>,
  config: () => Config,
): Context {
  const { clock } = parts as unknown as Context;
  const own = {
    get config() {
      return config();
    },
    groups: new Map<string, Group>(),
    timers: new MemberTimers(clock),
  };
  return Object.assign(own, parts) as unknown as Context;
}

export abstract class ModernGroups<
  Member,
  Group extends ModernGroup<Member>,
  Context extends ModernContext<unknown, Group>,
> {
  protected readonly context: Context;

  constructor(context: Context) {
    this.context = context;
  }

  /** Begins the time limits of a member that was read back. */
  protected abstract startMember(groupId: string, member: Member): void;

  get(groupId: string): Group | undefined {
    return this.context.groups.get(groupId);
  }

  all(): Group[] {
    return [...this.context.groups.values()];
  }

  startSessions(wanted: (groupId: string) => boolean = () => true): void {
    for (const { groupId, members } of this.all()) {
      if (wanted(groupId)) for (const member of members.values()) this.startMember(groupId, member);
    }
  }

  drop(groupId: string): void {
    this.context.groups.delete(groupId);
  }

  clear(): void {
    this.close();
    this.context.groups.clear();
  }

  close(): void {
    this.context.timers.cancelAll();
  }
}
