import { DescribeConfigs, type DescribeConfigsResponse } from '../../protocol/messages/describe-configs.ts';
import { IncrementalAlterConfigs } from '../../protocol/messages/incremental-alter-configs.ts';
import { ListConfigResources } from '../../protocol/messages/list-config-resources.ts';
import type { Cluster, Route } from '../cluster.ts';
import { refuseIfError } from '../errors.ts';
import { checkController, errorField } from './outcomes.ts';
import {
  type AlterConfigs,
  type CallOptions,
  CONFIG_SOURCES,
  CONFIG_TYPES,
  type ConfigDescription,
  type ConfigEntry,
  type ConfigResource,
  ConfigResourceType,
  type ResourceOutcome,
} from './types.ts';

const OPERATIONS = { SET: 0, DELETE: 1, APPEND: 2, SUBTRACT: 3 } as const;

/** A named broker answers for itself; any other resource is the cluster's. */
function routeOf({ type, name }: ConfigResource): Route {
  const ofOneBroker = type === ConfigResourceType.BROKER || type === ConfigResourceType.BROKER_LOGGER;
  return ofOneBroker && /^\d+$/.test(name) ? { broker: Number(name) } : 'any';
}

/** Runs `send` once per route with its share of the items; answers come back in the order of `items`. */
async function perRoute<T, R>(
  items: readonly T[],
  resourceOf: (item: T) => ConfigResource,
  send: (route: Route, share: readonly T[]) => Promise<readonly (R & { readonly resource: ConfigResource })[]>,
): Promise<(R & { readonly resource: ConfigResource })[]> {
  const shares = new Map<string, { route: Route; items: T[] }>();
  for (const item of items) {
    const route = routeOf(resourceOf(item));
    const share = shares.get(JSON.stringify(route)) ?? { route, items: [] };
    share.items.push(item);
    shares.set(JSON.stringify(route), share);
  }
  const answers = (await Promise.all([...shares.values()].map((share) => send(share.route, share.items)))).flat();
  const byResource = new Map(answers.map((answer) => [resourceKey(answer.resource), answer]));
  return items.flatMap((item) => byResource.get(resourceKey(resourceOf(item))) ?? []);
}

function resourceKey({ type, name }: ConfigResource): string {
  return `${type} ${name}`;
}

/** @see Admin.describeConfigs */
export function describeConfigs(
  cluster: Cluster,
  resources: readonly (ConfigResource & { readonly keys?: readonly string[] })[],
  {
    timeoutMs,
    includeSynonyms = false,
    includeDocumentation = false,
  }: CallOptions & { readonly includeSynonyms?: boolean; readonly includeDocumentation?: boolean } = {},
): Promise<ConfigDescription[]> {
  return perRoute(
    resources,
    (resource) => resource,
    (route, share) => {
      const request = {
        resources: share.map(({ type, name, keys }) => ({
          resourceType: type,
          resourceName: name,
          configurationKeys: keys ?? null,
        })),
        includeSynonyms,
        includeDocumentation,
      };
      return cluster.call(
        'describeConfigs',
        route,
        async (broker) => (await broker.send(DescribeConfigs, request)).results.map(descriptionOf),
        timeoutMs,
      );
    },
  );
}

function descriptionOf(result: DescribeConfigsResponse['results'][number]): ConfigDescription {
  return {
    resource: { type: result.resourceType, name: result.resourceName },
    entries: result.configs.map(entryOf),
    ...errorField(result.errorCode, result.errorMessage),
  };
}

function entryOf(config: DescribeConfigsResponse['results'][number]['configs'][number]): ConfigEntry {
  return {
    name: config.name,
    value: config.value,
    source: CONFIG_SOURCES[config.configSource] ?? 'UNKNOWN',
    isReadOnly: config.readOnly,
    isSensitive: config.isSensitive,
    type: CONFIG_TYPES[config.configType] ?? 'UNKNOWN',
    documentation: config.documentation,
    synonyms: config.synonyms.map(({ name, value, source }) => ({
      name,
      value,
      source: CONFIG_SOURCES[source] ?? 'UNKNOWN',
    })),
  };
}

/** @see Admin.incrementalAlterConfigs */
export function incrementalAlterConfigs(
  cluster: Cluster,
  alterations: readonly AlterConfigs[],
  { timeoutMs, validateOnly = false }: CallOptions & { readonly validateOnly?: boolean } = {},
): Promise<ResourceOutcome[]> {
  return perRoute(
    alterations,
    ({ resource }) => resource,
    (route, share) => {
      const resources = share.map(({ resource, ops }) => ({
        resourceType: resource.type,
        resourceName: resource.name,
        configs: ops.map(({ name, value, op }) => ({ name, value, configOperation: OPERATIONS[op] })),
      }));
      return cluster.call(
        'incrementalAlterConfigs',
        route,
        async (broker) => {
          const { responses } = await broker.send(IncrementalAlterConfigs, { resources, validateOnly });
          checkController(responses);
          return responses.map(({ resourceType, resourceName, errorCode, errorMessage }) => ({
            resource: { type: resourceType, name: resourceName },
            ...errorField(errorCode, errorMessage),
          }));
        },
        timeoutMs,
      );
    },
  );
}

/** @see Admin.listConfigResources */
export function listConfigResources(
  cluster: Cluster,
  types: readonly number[] = [],
  { timeoutMs }: CallOptions = {},
): Promise<ConfigResource[]> {
  return cluster.call(
    'listConfigResources',
    'any',
    async (broker) => {
      const response = await broker.send(ListConfigResources, { resourceTypes: types });
      refuseIfError(response.errorCode);
      return response.configResources.map(({ resourceType, resourceName }) => ({
        type: resourceType,
        name: resourceName,
      }));
    },
    timeoutMs,
  );
}
