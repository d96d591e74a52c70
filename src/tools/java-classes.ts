import { isJavasClass, isKafkasClass } from '../util/java-classes.ts';
import { JavaException } from './java-exception.ts';

/** What Java says of a class that is there and is not what it is named for, or not there at all. */
export function noSuchKind(className: string, wanted: string): JavaException {
  const isJavas = isJavasClass(className);
  if (!isJavas && !isKafkasClass(className)) return new JavaException('java.lang.ClassNotFoundException', className);
  const places = isJavas
    ? `${className} is in module java.base of loader 'bootstrap'; ${wanted} is in unnamed module of loader 'app'`
    : `${className} and ${wanted} are in unnamed module of loader 'app'`;
  const message = `class ${className} cannot be cast to class ${wanted} (${places})`;
  return new JavaException('java.lang.ClassCastException', message);
}
