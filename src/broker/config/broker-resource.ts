import { ConfigError, ConfigErrorCode } from './config-error.ts';

/**
 * Whether the name of a BROKER resource means this broker (false: it is '', the default of all brokers).
 * @param purpose DescribeConfigs and the requests that alter word their refusals differently
 * @throws ConfigError (INVALID_REQUEST) with Kafka's texts for another or no number
 */
export function isThisBroker(resourceName: string, nodeId: number, purpose: 'describe' | 'alter'): boolean {
  if (resourceName === '') return false;
  const [what, orNothing] = purpose === 'describe' ? ['Broker', ' or empty string'] : ['Node', ''];
  const refuse = (message: string) => new ConfigError(message, ConfigErrorCode.INVALID_REQUEST);
  if (!/^[+-]?\d+$/.test(resourceName)) throw refuse(`${what} id must be an integer, but it is: ${resourceName}`);
  if (Number(resourceName) !== nodeId)
    throw refuse(`Unexpected broker id, expected ${nodeId}${orNothing}, but received ${resourceName}`);
  return true;
}
