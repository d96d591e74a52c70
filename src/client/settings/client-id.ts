interface Named {
  readonly clientId: string;
  readonly groupId?: string | undefined;
  readonly groupInstanceId?: string | undefined;
}

let generated = 0;

/**
 * Settings of a consumer with the name that Kafka's ones give themselves: `consumer-<group.id>-` and group.instance.id, or a number
 * that counts the consumers of the process (ConsumerConfig.maybeOverrideClientId).
 */
export function withClientId<S extends Named>(settings: S): S {
  if (settings.clientId !== '') return settings;
  const last = settings.groupInstanceId ?? ++generated;
  return { ...settings, clientId: `consumer-${settings.groupId ?? 'null'}-${last}` };
}
