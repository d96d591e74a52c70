import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isModulePath, ModuleError, type UserModule, type UserModules } from '../tools/user-module.ts';

/** Loads the paths among these names. @throws ModuleError that says what is wrong with a file */
export async function loadModules(names: readonly (string | undefined)[]): Promise<UserModules> {
  const paths = new Set(names.filter((name) => name !== undefined && isModulePath(name)) as string[]);
  const loaded = await Promise.all([...paths].map(loadModule));
  return new Map(loaded.map((module) => [module.path, module]));
}

async function loadModule(path: string): Promise<UserModule> {
  let exported: { readonly default?: unknown };
  try {
    exported = await import(pathToFileURL(resolve(path)).href);
  } catch (error) {
    const message = existsSync(path) ? `cannot be loaded: ${error}` : 'there is no such file';
    throw new ModuleError(path, message, error);
  }
  if (typeof exported.default !== 'function')
    throw new ModuleError(path, 'its default export is to be a function: export default ({ properties }) => …');
  return { path, make: exported.default as UserModule['make'] };
}
