import type { ArgparseLevel, Script } from './script.ts';
import type { OptionSpec, OptionTable } from './table.ts';

/** What oclif's manifest, help and completion read of a flag. */
export interface OclifFlag {
  readonly name: string;
  readonly type: 'boolean' | 'option';
  readonly summary: string;
  readonly char?: string;
  readonly helpGroup?: string;
  readonly helpValue?: string;
  readonly default?: string;
  readonly deprecated?: true | { readonly to: string };
  readonly multiple?: boolean;
  readonly allowNo?: boolean;
}

/**
 * The options of a script as oclif knows flags: for its manifest and for documentation. oclif never parses with them, for
 * its rules are not those of Kafka's scripts.
 */
export function oclifFlags(script: Script): Record<string, OclifFlag> {
  const table = script.parser === 'jopt' ? script.options : allOptions(script.level);
  return Object.fromEntries(Object.entries(table).map(([name, spec]) => [name, oclifFlag(name, spec)]));
}

function allOptions(level: ArgparseLevel): OptionTable {
  return Object.assign({}, level.options, ...Object.values(level.commands ?? {}).map(allOptions));
}

function oclifFlag(name: string, spec: OptionSpec): OclifFlag {
  return {
    name,
    summary: spec.about,
    ...(spec.short === undefined ? {} : { char: spec.short }),
    ...(spec.group === undefined ? {} : { helpGroup: spec.group.toUpperCase() }),
    ...(spec.deprecated === undefined ? {} : { deprecated: spec.deprecated === '' ? true : { to: spec.deprecated } }),
    ...(spec.argument === 'none'
      ? { type: 'boolean', allowNo: false }
      : { type: 'option', multiple: spec.repeatable === true, helpValue: spec.placeholder ?? 'VALUE' }),
    ...(spec.default === undefined ? {} : { default: String(spec.default) }),
  };
}
