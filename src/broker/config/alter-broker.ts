import {
  type AlteredConfigs,
  AlterOperation,
  applyAlterations,
  type ConfigAlteration,
  replaceConfigs,
} from './alter.ts';
import { checkDynamicConfigs } from './broker-dynamic.ts';
import { isThisBroker } from './broker-resource.ts';
import { ConfigError } from './config-error.ts';
import { brokerDefinition } from './describe-broker.ts';
import type { BrokerConfigLayers } from './layers.ts';

const MIN_ISR = 'min.insync.replicas';

/** The broker whose dynamic configuration changes. */
export interface BrokerAlterContext {
  readonly nodeId: number;
  readonly layers: BrokerConfigLayers;
  /** Whether eligible leader replicas are on (KIP-966), as in a new cluster: min.insync.replicas then is cluster-wide only. */
  readonly elrEnabled: boolean;
  /** Services.checkListeners */
  readonly checkListeners: (values: ReadonlyMap<string, string>) => void;
  /** Whether a controller was asked (ControllerConfigurationValidator), not a broker. */
  readonly viaController?: boolean;
}

/**
 * IncrementalAlterConfigs of a BROKER resource: a broker's id, or '' for the default of all. Unknown keys are kept, as
 * Kafka does. The changes have passed checkAlterations.
 * @throws ConfigError with Kafka's code and text
 */
export function alterBrokerConfigs(
  resourceName: string,
  alterations: readonly ConfigAlteration[],
  context: BrokerAlterContext,
): AlteredConfigs {
  const perBroker = isThisBroker(resourceName, context.nodeId, 'alter');
  for (const alteration of alterations) checkListOperation(alteration);
  const current = currentConfigs(perBroker, context.layers);
  const altered = applyAlterations(current, alterations, brokerDefinition, true);
  checkBroker(altered, perBroker, context);
  return altered;
}

/** The legacy AlterConfigs of a BROKER resource: what is not in `configs` is removed. @throws as alterBrokerConfigs */
export function replaceBrokerConfigs(
  resourceName: string,
  configs: ReadonlyMap<string, string>,
  context: BrokerAlterContext,
): AlteredConfigs {
  const perBroker = isThisBroker(resourceName, context.nodeId, 'alter');
  const altered = replaceConfigs(currentConfigs(perBroker, context.layers), configs, true);
  checkBroker(altered, perBroker, context);
  return altered;
}

function currentConfigs(perBroker: boolean, layers: BrokerConfigLayers): ReadonlyMap<string, string> {
  return perBroker ? layers.dynamicBroker : layers.dynamicDefault;
}

/** ConfigAdminManager.prepareIncrementalConfigs: lists only. */
function checkListOperation({ name, configOperation }: ConfigAlteration): void {
  if (configOperation !== AlterOperation.APPEND && configOperation !== AlterOperation.SUBTRACT) return;
  const definition = brokerDefinition(name);
  if (!definition) throw new ConfigError(`Unknown config name: ${name}`);
  const word = configOperation === AlterOperation.APPEND ? 'append' : 'subtract';
  if (definition.type !== 'LIST') throw new ConfigError(`Config value ${word} is not allowed for config key: ${name}`);
}

function checkBroker({ configs, changes }: AlteredConfigs, perBroker: boolean, context: BrokerAlterContext): void {
  checkDynamicConfigs(configs, perBroker, context.layers, context.checkListeners, context.viaController);
  if (!context.elrEnabled) return;
  const change = changes.find(({ name }) => name === MIN_ISR);
  if (change && perBroker)
    throw new ConfigError('Broker-level min.insync.replicas cannot be altered while ELR is enabled.');
  if (change?.value === null)
    throw new ConfigError('Cluster-level min.insync.replicas cannot be removed while ELR is enabled.');
}
