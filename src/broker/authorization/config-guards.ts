// Configs: those of topics and groups need a permission on the topic or group, all others one on the cluster.
import { ErrorCode, errorInfo } from '../../protocol/errors.ts';
import { repeatedResources, resourceKey } from '../alter-resource.ts';
import { ResourceType } from '../metadata/image.ts';
import { CLUSTER_NAME, AclOperation as Operation, AclResource as Resource } from '../security/acl.ts';
import type { Access } from './access.ts';
import type { Guard, Guards } from './call.ts';
import { inOrder } from './parts.ts';

const { ALTER_CONFIGS, DESCRIBE_CONFIGS } = Operation;

interface Named {
  readonly resourceType: number;
  readonly resourceName: string;
}

const NEEDS: ReadonlyMap<number, readonly [type: number, code: number]> = new Map([
  [ResourceType.TOPIC, [Resource.TOPIC, ErrorCode.TOPIC_AUTHORIZATION_FAILED]],
  [ResourceType.GROUP, [Resource.GROUP, ErrorCode.GROUP_AUTHORIZATION_FAILED]],
  [ResourceType.BROKER, [Resource.CLUSTER, ErrorCode.CLUSTER_AUTHORIZATION_FAILED]],
  [ResourceType.BROKER_LOGGER, [Resource.CLUSTER, ErrorCode.CLUSTER_AUTHORIZATION_FAILED]],
  [ResourceType.CLIENT_METRICS, [Resource.CLUSTER, ErrorCode.CLUSTER_AUTHORIZATION_FAILED]],
]);

/** The error code of one who may not; undefined where the handler is to answer. */
function denial(access: Access, operation: number, { resourceType, resourceName }: Named): number | undefined {
  const [type, code] = NEEDS.get(resourceType) ?? [];
  if (type === undefined) return undefined;
  return access.may(operation, type, type === Resource.CLUSTER ? CLUSTER_NAME : resourceName) ? undefined : code;
}

function refusal({ resourceType, resourceName }: Named, errorCode: number) {
  return { resourceType, resourceName, errorCode, errorMessage: errorInfo(errorCode).text };
}

const describeConfigs: Guard<'DescribeConfigs'> = (call) => {
  const { request, access } = call;
  const denied = new Map(request.resources.map((each) => [each, denial(access, DESCRIBE_CONFIGS, each)]));
  const refusals = request.resources.flatMap((each) => {
    const code = denied.get(each);
    return code === undefined ? [] : { ...refusal(each, code), configs: [] };
  });
  if (refusals.length === 0) return call.serve();
  const resources = request.resources.filter((each) => denied.get(each) === undefined);
  return call.serveThen((response) => ({ ...response, results: [...response.results, ...refusals] }), {
    ...request,
    resources,
  });
};

function altering<N extends 'AlterConfigs' | 'IncrementalAlterConfigs'>(): Guard<N> {
  return (call) => {
    const request = call.request as { readonly resources: readonly Named[] };
    const repeated = repeatedResources(request.resources);
    const denied = new Map(
      request.resources.map((each) => {
        if (repeated.has(resourceKey(each))) return [each, undefined];
        return [each, denial(call.access, ALTER_CONFIGS, each)];
      }),
    );
    const refused = request.resources.filter((each) => denied.get(each) !== undefined);
    if (refused.length === 0) return call.serve();
    const answers = refused.map((each) => ({
      ...refusal(each, denied.get(each)!),
      ...(each.resourceType === ResourceType.BROKER_LOGGER && { errorMessage: null }),
    }));
    const rest = request.resources.filter((each) => denied.get(each) === undefined);
    return call.serveThen(
      (response) => {
        const { responses } = response as { readonly responses: readonly object[] };
        const all = inOrder(request.resources, refused, { served: responses, refused: answers });
        return { ...response, responses: all } as typeof response;
      },
      { ...call.request, resources: rest },
    );
  };
}

export const configGuards = {
  DescribeConfigs: describeConfigs,
  AlterConfigs: altering(),
  IncrementalAlterConfigs: altering(),
} satisfies Guards;
