/**
 * Classes that Java's scripts find and that are not what they are named for: of Java's own and of Kafka's, as far as one would
 * take one of them for a formatter, a reader or a deserializer.
 */
export const isJavasClass = (className: string): boolean =>
  /^java\.lang\.(String|Object|Integer|Long)$/.test(className);

export const isKafkasClass = (className: string): boolean =>
  /^org\.apache\.kafka\.(tools\.LineMessageReader|(common\.serialization\.\w+|connect\.json\.Json)(Des|S)erializer)$/.test(
    className,
  );
