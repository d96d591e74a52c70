// UpdateFeatures, v0-2 (KIP-584, KIP-1022): finalizes levels of features, all of a request or none.
// v0: a downgrade is allowed or not.  v1: its kind, and checks without a change.  v2: no answers for single features.
// Follows ControllerApis.updateFeatures and FeatureControlManager.updateFeatures.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { UpdateFeatures, type UpdateFeaturesRequest } from '../../protocol/messages/update-features.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { isElrEnabled } from '../alter-resource.ts';
import { controllerEndpoint } from '../controller-endpoint.ts';
import { checkFeatureUpdate, FeatureUpgrade, KRAFT_VERSION } from '../metadata/feature-update.ts';
import { ResourceType } from '../metadata/image.ts';
import type { ConnectionInfo } from '../network/connection-info.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';
import { resourceFailure } from './failures.ts';

const MIN_ISR = 'min.insync.replicas';

type Update = UpdateFeaturesRequest['featureUpdates'][number];

export const updateFeaturesHandler = defineHandler(UpdateFeatures, (request, { apiVersion, connection, services }) => {
  const { featureUpdates, validateOnly } = request;
  const { metadata, nodeId } = services;
  try {
    // The first failure is told, and Kafka's controller goes through its hash table.
    for (const update of hashMapOrder(featureUpdates, ({ feature }) => javaStringHash(feature))) {
      const upgradeType = apiVersion === 0 ? legacyType(update) : update.upgradeType;
      const { feature, maxVersionLevel: level } = update;
      checkFeatureUpdate({ feature, level, upgradeType }, metadata.features, nodeId);
      // Kafka's quorum takes its level at once, whatever becomes of the others.
      if (feature === KRAFT_VERSION && level === 1 && !validateOnly) upgradeQuorum(services, connection);
    }
  } catch (error) {
    const { errorCode, errorMessage } = resourceFailure(error);
    const message = `The update failed for all features since the following feature had an error: ${errorMessage}`;
    return { throttleTimeMs: 0, ...resourceFailure(new KafkaError(errorCode, message)), results: [] };
  }
  if (!validateOnly) {
    const levels = new Map(featureUpdates.map(({ feature, maxVersionLevel }) => [feature, maxVersionLevel]));
    levels.delete(KRAFT_VERSION);
    apply(levels, services);
  }
  return {
    throttleTimeMs: 0,
    errorCode: ErrorCode.NONE,
    errorMessage: null,
    results: featureUpdates.map(({ feature }) => ({ feature, errorCode: ErrorCode.NONE, errorMessage: 'NONE' })),
  };
});

/** The quorum is what it was: the nodes of this process. */
function upgradeQuorum({ metadata, peers }: Services, connection: ConnectionInfo): void {
  if (metadata.quorum.kRaftVersion > 0) return;
  const voters = peers.nodeIds.map((voterId) => {
    const services = peers.running(voterId);
    return { voterId, endpoints: services === undefined ? [] : [controllerEndpoint(services, connection)] };
  });
  metadata.upgradeQuorum(voters);
}

/** Eligible leader replicas need min.insync.replicas for the whole cluster (KIP-966), so it is set with them. */
function apply(levels: ReadonlyMap<string, number>, services: Services): void {
  const { metadata } = services;
  const wasElrEnabled = isElrEnabled(services);
  metadata.changeFeatures(levels);
  const isSet = metadata.configs(ResourceType.BROKER, '').has(MIN_ISR);
  if (wasElrEnabled || isSet || !isElrEnabled(services)) return;
  const value = services.config.given.get(MIN_ISR) ?? '1';
  metadata.changeConfigs(ResourceType.BROKER, '', [{ name: MIN_ISR, value }]);
}

function legacyType({ allowDowngrade }: Update): number {
  return allowDowngrade ? FeatureUpgrade.SAFE_DOWNGRADE : FeatureUpgrade.UPGRADE;
}
