// group.consumer.assignors names assignors, or the classes that Kafka comes with; other classes cannot be loaded here.

const PACKAGE = 'org.apache.kafka.coordinator.group.assignor';

const NAMES: ReadonlyMap<string, string> = new Map([
  ['uniform', 'uniform'],
  ['range', 'range'],
  [`${PACKAGE}.UniformAssignor`, 'uniform'],
  [`${PACKAGE}.RangeAssignor`, 'range'],
]);

/** The name that members call an assignor by; undefined for one that is not there. */
export function assignorName(configured: string): string | undefined {
  return NAMES.get(configured);
}

/** The names in the order of the setting. */
export function assignorNames(configured: readonly string[]): string[] {
  return configured.flatMap((one) => assignorName(one) ?? []);
}
