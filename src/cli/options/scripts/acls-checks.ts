import { PatternType } from '../../../protocol/acl.ts';
import { JavaException } from '../../../tools/java-exception.ts';
import { checkInvalid, checkOneAction } from '../checks.ts';
import { UsageError } from '../errors.ts';
import type { AclsOptions } from './acls.ts';

const ACTION_NAMES = ['add', 'remove', 'list', 'explain'] as const;
export type AclsAction = (typeof ACTION_NAMES)[number];

/**
 * Checks as AclCommandOptions.checkArgs.
 * @param needsServer whether there is no default for --bootstrap-server
 * @throws UsageError
 */
export function checkAcls(options: AclsOptions, needsServer: boolean): AclsAction {
  const has = (name: Parameters<AclsOptions['has']>[0]) => options.has(name);
  if (has('bootstrap-server') && has('bootstrap-controller'))
    throw new UsageError('Only one of --bootstrap-server or --bootstrap-controller must be specified');
  if (needsServer && !has('bootstrap-server') && !has('bootstrap-controller'))
    throw new UsageError('One of --bootstrap-server or --bootstrap-controller must be specified');
  const message = 'Command must include exactly one action: --list, --add, --remove. ';
  const action = checkOneAction(options, ACTION_NAMES, message);
  const hosts = ['allow-host', 'allow-principal', 'deny-host', 'deny-principal'] as const;
  checkInvalid(options, 'list', ['producer', 'consumer', ...hosts]);
  checkInvalid(options, 'explain', ['producer', 'consumer', 'idempotent', ...hosts]);
  checkInvalid(options, 'producer', ['operation', 'deny-principal', 'deny-host']);
  checkInvalid(options, 'consumer', ['operation', 'deny-principal', 'deny-host']);
  if (has('principal') && action !== 'list' && action !== 'explain')
    throw new UsageError('The --principal option is only available if --list is set');
  if (has('host') && action !== 'explain') throw new UsageError('--host goes with explain only');
  if (has('producer') && !has('topic')) throw new UsageError('With --producer you must specify a --topic');
  if (has('idempotent') && !has('producer'))
    throw new UsageError('The --idempotent option is only available if --producer is set');
  if (has('consumer') && !isConsumer(options)) {
    const text =
      'With --consumer you must specify a --topic and a --group and no --cluster or --transactional-id option should be specified.';
    throw new UsageError(text);
  }
  return action;
}

function isConsumer(options: AclsOptions): boolean {
  const isOther = options.has('cluster') || options.has('transactional-id');
  return options.has('topic') && options.has('group') && (options.has('producer') || !isOther);
}

const PATTERN_TYPES: ReadonlyMap<string, number> = new Map(Object.entries(PatternType));

/** The code of --resource-pattern-type, in any case. @throws JavaException as jopt-simple's EnumConverter */
export function patternTypeOf(options: AclsOptions): number {
  const given = options.value('resource-pattern-type') ?? '';
  const type = PATTERN_TYPES.get(given.toUpperCase());
  if (type !== undefined) return type;
  const message = `Cannot parse argument '${given}' of option resource-pattern-type`;
  const error = new JavaException('joptsimple.OptionArgumentConversionException', message);
  const isUnknown = given.toUpperCase() === 'UNKNOWN';
  const list = [...PATTERN_TYPES.keys()].join('|');
  const reason = isUnknown ? `Unknown resource-pattern-type: ${given}` : `Value [${given}] is not one of [${list}]`;
  error.cause = new JavaException('joptsimple.ValueConversionException', reason);
  throw error;
}
