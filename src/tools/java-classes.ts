import { JavaException } from './java-exception.ts';

/**
 * Classes that Java's scripts find and that are not what they are named for: of Java's own and of Kafka's, as far as one would
 * take one of them for a formatter, a reader or a deserializer.
 */
export const isJavasClass = (className: string): boolean =>
  /^java\.lang\.(String|Object|Integer|Long)$/.test(className);

export const isKafkasClass = (className: string): boolean =>
  /^org\.apache\.kafka\.(tools\.LineMessageReader|(common\.serialization\.\w+|connect\.json\.Json)(Des|S)erializer|connect\.json\.JsonConverter)$/.test(
    className,
  );

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
