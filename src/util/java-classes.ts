// Classes that Java finds and that are not what a setting or an option takes them for: of Java's own and of Kafka's, as far as
// one would name one of them as a formatter, a reader, a serializer or a deserializer.

export const isJavasClass = (className: string): boolean =>
  /^java\.(lang\.(String|Object|Integer|Long)|util\.(ArrayList|HashMap))$/.test(className);

export const isKafkasClass = (className: string): boolean =>
  /^org\.apache\.kafka\.(tools\.LineMessageReader|(common\.serialization\.\w+|connect\.json\.Json)(Des|S)erializer|connect\.json\.JsonConverter)$/.test(
    className,
  );
