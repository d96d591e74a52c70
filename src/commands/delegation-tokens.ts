import { openAdmin } from '../cli/open-admin.ts';
import { parsePrincipal } from '../cli/options/principal.ts';
import {
  checkDelegationTokens,
  type DelegationTokensAction,
  type DelegationTokensOptions,
  delegationTokens,
} from '../cli/options/scripts/delegation-tokens.ts';
import { type ScriptContext, scriptCommand } from '../cli/script-command.ts';
import { stackText } from '../cli/stack-text.ts';
import { withAdmin } from '../cli/with-admin.ts';
import type { Admin } from '../client/admin.ts';
import { JavaException } from '../tools/java-exception.ts';
import type { Report } from '../tools/report.ts';

type Context = ScriptContext<typeof delegationTokens>;

export default scriptCommand({
  script: delegationTokens,
  async run(context) {
    const { options, compat } = context;
    const action = checkDelegationTokens(options, compat.manner === 'kafka');
    const connection = {
      bootstrapServer: options.value('bootstrap-server'),
      commandConfig: options.value('command-config'),
    };
    return withAdmin(
      () => openAdmin(connection, context),
      (admin) => perform(action, admin, context),
    );
  },
  failure: (error, { compat }) => ({ stderr: stackText(error, compat) }),
});

async function perform(action: DelegationTokensAction, admin: Admin, { options, notice }: Context): Promise<Report> {
  const tool = await import('../tools/delegation-tokens/delegation-tokens.ts');
  if (action === 'create') {
    const renewers = principals(options, 'renewer-principal');
    const maxLifetimeMs = period(options, 'max-life-time-period');
    const shown = exactly(options, 'max-life-time-period');
    notice(`Calling create token operation with renewers :[${renewers.join(', ')}] , max-life-time-period :${shown}`);
    const [owner] = principals(options, 'owner-principal');
    return tool.createToken(admin, { ...(owner === undefined ? {} : { owner }), renewers, maxLifetimeMs });
  }
  if (action === 'describe') {
    const owners = principals(options, 'owner-principal');
    const whose = owners.length === 0 ? 'current user.' : `owners: [${owners.join(', ')}]`;
    notice(`Calling describe token operation for ${whose}`);
    return tool.describeTokens(admin, owners);
  }
  const hmac = options.value('hmac');
  const name = action === 'renew' ? 'renew-time-period' : 'expiry-time-period';
  const ms = period(options, name);
  const shown = action === 'renew' ? name : 'expire-time-period';
  notice(`Calling ${action} token operation with hmac :${hmac ?? null} , ${shown} :${exactly(options, name)}`);
  return action === 'renew' ? tool.renewToken(admin, hmac, ms) : tool.expireToken(admin, hmac, ms);
}

const principals = (options: DelegationTokensOptions, name: 'owner-principal' | 'renewer-principal'): string[] =>
  options.values(name).map(parsePrincipal);

type Period = 'max-life-time-period' | 'renew-time-period' | 'expiry-time-period';

/** A Java long to its last digit, which a number does not hold. */
const exactly = ({ occurrences }: DelegationTokensOptions, period: Period): bigint =>
  BigInt(occurrences.find(({ name }) => name === period)?.value ?? 0);

/** A number that is none is read as missing by Kafka's script, which then fails in Java's way. */
function period(options: DelegationTokensOptions, name: Period): number {
  const ms = options.value(name);
  if (ms !== undefined) return ms;
  const message =
    'Cannot invoke "java.lang.Long.longValue()" because the return value of "joptsimple.OptionSet.valueOf(joptsimple.OptionSpec)" is null';
  throw new JavaException('java.lang.NullPointerException', message);
}
