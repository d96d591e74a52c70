// Values that stand elsewhere: `${file:/run/secrets/kafka.properties:password}` in a configuration that names its providers
// (KIP-297, KIP-421, KIP-993). Follows AbstractConfig.resolveConfigVariables, ConfigTransformer and Kafka's own three providers.
import { isAbsolute, join, normalize, sep } from 'node:path';
import { parseProperties } from '../util/properties.ts';
import { readSettingFile } from './read-file.ts';

/** The providers cannot be used, or one cannot read what it is asked for. No value is in the message. */
export class ConfigProviderError extends Error {
  override name = 'ConfigProviderError';
}

/** The value of a key at a path, '' without one; undefined if there is none. @throws ConfigProviderError */
type Provider = (path: string, key: string) => string | undefined;
type Parameter = (name: string) => string | undefined;

const PACKAGE = 'org.apache.kafka.common.config.provider';
const KEY = 'config.providers';

const PROVIDERS: Readonly<Record<string, (parameter: Parameter, env: NodeJS.ProcessEnv) => Provider>> = {
  [`${PACKAGE}.FileConfigProvider`]: (parameter) => {
    const isAllowed = allowedPaths(parameter('allowed.paths'));
    return (path, key) => (path === '' || !isAllowed(path) ? undefined : parseProperties(textOf(path)).get(key));
  },
  [`${PACKAGE}.DirectoryConfigProvider`]: (parameter) => {
    const isAllowed = allowedPaths(parameter('allowed.paths'));
    // A name is one of a file in that directory, never a way out of it.
    const isName = (key: string) => !/[/\\\0]/.test(key) && key !== '..' && key !== '.';
    return (path, key) => (path !== '' && isName(key) && isAllowed(path) ? textIfThere(join(path, key)) : undefined);
  },
  [`${PACKAGE}.EnvVarConfigProvider`]: (parameter, env) => {
    const names = new RegExp(`^(?:${parameter('allowlist.pattern') ?? '.*'})$`);
    return (path, key) => {
      if (path !== '')
        throw new ConfigProviderError(`Path is not supported for EnvVarConfigProvider, invalid value '${path}'`);
      return names.test(key) ? env[key] : undefined;
    };
  },
};

/**
 * The settings with what their providers have in the place of `${provider:path:key}`; what is not there stays as it is
 * written, as in Kafka.
 * @throws ConfigProviderError
 */
export function withProvidedValues(
  properties: ReadonlyMap<string, string>,
  env: NodeJS.ProcessEnv = process.env,
): ReadonlyMap<string, string> {
  const names = (properties.get(KEY) ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) return properties;
  const providers = new Map(names.flatMap((name) => provider(name, properties, env)));
  const resolved = (value: string) =>
    replaceVariables(value, ({ name, path, key }) => providers.get(name)?.(path, key));
  return new Map([...properties].map(([key, value]) => [key, key.startsWith(KEY) ? value : resolved(value)]));
}

interface Variable {
  readonly name: string;
  /** '' where there is none. */
  readonly path: string;
  readonly key: string;
}

/**
 * What stands in `${provider:path:key}` or `${provider:key}` by what `resolve` gives for it; undefined leaves it. Read from left
 * to right: Kafka's expression for it (ConfigTransformer.DEFAULT_PATTERN) takes hours for some values.
 */
function replaceVariables(value: string, resolve: (variable: Variable) => string | undefined): string {
  let result = '';
  let from = 0;
  for (;;) {
    const start = value.indexOf('${', from);
    const end = start < 0 ? -1 : value.indexOf('}', start);
    if (end < 0) return result + value.slice(from);
    const [name, ...rest] = value.slice(start + 2, end).split(':');
    const [path, ...keys] = rest.length === 1 ? ['', ...rest] : rest;
    const whole = value.slice(start, end + 1);
    const known = path === undefined ? undefined : resolve({ name: name!, path, key: keys.join(':') });
    result += value.slice(from, start) + (known ?? whole);
    from = end + 1;
  }
}

function provider(name: string, properties: ReadonlyMap<string, string>, env: NodeJS.ProcessEnv): [string, Provider][] {
  const given = properties.get(`${KEY}.${name}.class`)?.trim();
  if (given === undefined) return [];
  const make = Object.hasOwn(PROVIDERS, given) ? PROVIDERS[given] : undefined;
  if (make === undefined)
    throw new ConfigProviderError(
      `${KEY}.${name}.class=${given} cannot be loaded: there are ${Object.keys(PROVIDERS).join(', ')}`,
    );
  return [[name, make((parameter) => properties.get(`${KEY}.${name}.param.${parameter}`), env)]];
}

/** Whether a path lies in one of the list; all do without one. `..` is worked out first. */
function allowedPaths(list: string | undefined): (path: string) => boolean {
  if (!list) return () => true;
  const allowed = list.split(',').map((path) => {
    if (!isAbsolute(path)) throw new ConfigProviderError(`Path ${path} is not absolute`);
    return normalize(path).replace(/[/\\]$/, '');
  });
  return (path) => {
    const plain = normalize(path);
    return allowed.some((one) => plain === one || plain.startsWith(one + sep));
  };
}

function textOf(path: string): string {
  try {
    return readSettingFile(path).toString('utf8');
  } catch (error) {
    throw new ConfigProviderError(
      `Could not read properties from file ${path} (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}

function textIfThere(path: string): string | undefined {
  try {
    return readSettingFile(path).toString('utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR') return undefined;
    throw new ConfigProviderError(`Could not read file ${path} (${code})`);
  }
}
