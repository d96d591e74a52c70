import { UpdateFeatures } from '../../protocol/messages/update-features.ts';
import type { Cluster } from '../cluster.ts';
import { errorOf } from '../errors.ts';
import { refuseButMoved } from './outcomes.ts';
import type { CallOptions, FeatureDescription, FeatureUpdate, Outcome } from './types.ts';

/** @see Admin.describeFeatures */
export function describeFeatures(
  cluster: Cluster,
  { timeoutMs, nodeId }: CallOptions & { readonly nodeId?: number | undefined } = {},
): Promise<FeatureDescription> {
  return cluster.call(
    'describeFeatures',
    nodeId === undefined ? 'any' : { broker: nodeId },
    async ({ versions: { response } }) => ({
      supported: response.supportedFeatures,
      finalized: response.finalizedFeatures.map(({ name, minVersionLevel, maxVersionLevel }) => ({
        name,
        minLevel: minVersionLevel,
        maxLevel: maxVersionLevel,
      })),
      finalizedEpoch: response.finalizedFeaturesEpoch,
    }),
    timeoutMs,
  );
}

/** @see Admin.updateFeatures */
export function updateFeatures(
  cluster: Cluster,
  updates: readonly FeatureUpdate[],
  { timeoutMs, validateOnly = false }: CallOptions & { readonly validateOnly?: boolean } = {},
): Promise<Map<string, Outcome<undefined>>> {
  const request = { timeoutMs: cluster.settings.requestTimeoutMs, featureUpdates: updates, validateOnly };
  return cluster.call(
    'updateFeatures',
    'controller',
    async (broker) => {
      const response = await broker.send(UpdateFeatures, request);
      refuseButMoved(response.errorCode, response.errorMessage);
      // From version 2 on there is one answer for all.
      const failed = new Map(
        response.results.map((item) => [item.feature, errorOf(item.errorCode, item.errorMessage)]),
      );
      return new Map(updates.map(({ feature }) => [feature, failed.get(feature)]));
    },
    timeoutMs,
  );
}
