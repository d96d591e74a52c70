import { checkInvalid, checkOneAction, checkRequired } from '../checks.ts';
import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, optionalLong, optionalText } from '../table.ts';
import { bootstrapServer, commandConfig, general } from './common.ts';

const ACTIONS = 'Actions';

export const delegationTokens = joptScript({
  name: 'delegation-tokens',
  kafkaName: 'kafka-delegation-tokens',
  about: 'Tokens that stand in for a login: make, list, renew and end them',
  headline: 'This tool helps to create, renew, expire, or describe delegation tokens.',
  parseErrors: 'message',
  examples: [
    {
      about: 'A token for yourself, with as long a life as the cluster allows',
      command: 'delegation-tokens --create --max-life-time-period -1 --command-config alice.properties',
    },
    {
      about: 'All of yours',
      command: 'delegation-tokens --describe --owner-principal User:alice --command-config alice.properties',
    },
  ],
  options: {
    'bootstrap-server': bootstrapServer,
    'command-config': commandConfig,
    create: flag('Make a token', { group: ACTIONS }),
    renew: flag('Let a token live on', { group: ACTIONS }),
    expire: flag('Let a token end earlier, or now', { group: ACTIONS }),
    describe: flag('List tokens', { group: ACTIONS }),
    'owner-principal': optionalText('TYPE:NAME', 'Whose token, User:alice for example', { repeatable: true }),
    'renewer-principal': optionalText('TYPE:NAME', 'Who else may renew and end the token', { repeatable: true }),
    'max-life-time-period': optionalLong('MS', 'How long it can be renewed; -1 for what the cluster allows'),
    'renew-time-period': optionalLong('MS', "How long it lives on; -1 for the cluster's usual time"),
    'expiry-time-period': optionalLong('MS', 'When it ends; -1 for now'),
    hmac: optionalText('HMAC', 'The secret of the token, as --create and --describe print it'),
    ...general,
  },
});

export type DelegationTokensOptions = ParsedOptions<typeof delegationTokens.options>;
const ACTION_NAMES = ['create', 'renew', 'expire', 'describe'] as const;
export type DelegationTokensAction = (typeof ACTION_NAMES)[number];

/**
 * Checks as DelegationTokenCommandOptions.checkArgs.
 * @param needsConnection whether there is no default for --bootstrap-server and --command-config
 * @throws UsageError
 */
export function checkDelegationTokens(
  options: DelegationTokensOptions,
  needsConnection: boolean,
): DelegationTokensAction {
  const message = 'Command must include exactly one action: --create, --renew, --expire or --describe';
  const action = checkOneAction(options, ACTION_NAMES, message);
  if (needsConnection) checkRequired(options, 'bootstrap-server', 'command-config');
  if (action === 'create') checkRequired(options, 'max-life-time-period');
  if (action === 'renew') checkRequired(options, 'hmac', 'renew-time-period');
  if (action === 'expire') checkRequired(options, 'hmac', 'expiry-time-period');
  checkInvalid(options, 'create', ['hmac', 'renew-time-period', 'expiry-time-period']);
  checkInvalid(options, 'renew', [
    'renewer-principal',
    'max-life-time-period',
    'expiry-time-period',
    'owner-principal',
  ]);
  checkInvalid(options, 'expire', ['renew', 'max-life-time-period', 'renew-time-period', 'owner-principal']);
  checkInvalid(options, 'describe', ['renew-time-period', 'max-life-time-period', 'hmac', 'expiry-time-period']);
  return action;
}
