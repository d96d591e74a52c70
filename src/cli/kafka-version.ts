/** The release of Apache Kafka whose scripts ktool's follow, and the commit it was built from. */
export const KAFKA_VERSION = '4.3.1';
export const KAFKA_COMMIT = '26b251a451ce941d';
