// What AlterConfigs and IncrementalAlterConfigs have in common (ConfigAdminManager.preprocess): each resource is altered on
// its own, and one that is named twice not at all.
import {
  applyAltered,
  type ConfigResource,
  checkTopicResource,
  invalidRequest,
  repeatedResources,
  resourceKey,
} from '../alter-resource.ts';
import type { AlteredConfigs } from '../config/alter.ts';
import { ResourceType } from '../metadata/image.ts';
import type { Services } from '../services.ts';
import { NO_FAILURE, resourceFailure } from './failures.ts';

/**
 * The answer for each resource of a request.
 * @param altered what becomes of a resource's configs; undefined if that is done already. What it throws is answered
 */
export function alterEach<R extends ConfigResource>(
  { resources, validateOnly }: { readonly resources: readonly R[]; readonly validateOnly: boolean },
  services: Services,
  altered: (resource: R) => AlteredConfigs | undefined,
) {
  const repeated = repeatedResources(resources);
  const alter = (resource: R) => {
    try {
      if (repeated.has(resourceKey(resource))) throw invalidRequest('Each resource must appear at most once.');
      const configs = altered(resource);
      if (configs === undefined) return NO_FAILURE;
      if (resource.resourceType === ResourceType.TOPIC) checkTopicResource(resource, services);
      applyAltered(resource, configs, validateOnly, services);
      return NO_FAILURE;
    } catch (error) {
      return resourceFailure(error);
    }
  };
  return {
    throttleTimeMs: 0,
    responses: resources.map((resource) => {
      const { resourceType, resourceName } = resource;
      return { resourceType, resourceName, ...alter(resource) };
    }),
  };
}
