// Access control lists of a cluster.
import { AclOperation, AclResource, PatternType, Permission } from '../../protocol/acl.ts';
import { CreateAcls } from '../../protocol/messages/create-acls.ts';
import { DeleteAcls } from '../../protocol/messages/delete-acls.ts';
import { DescribeAcls } from '../../protocol/messages/describe-acls.ts';
import type { Cluster } from '../cluster.ts';
import { refuseIfError } from '../errors.ts';
import { checkController, itemError } from './outcomes.ts';
import type { AclBinding, AclBindingFilter, CallOptions, Outcome } from './types.ts';

/** @see Admin.describeAcls */
export function describeAcls(
  cluster: Cluster,
  filter: AclBindingFilter,
  { timeoutMs }: CallOptions = {},
): Promise<AclBinding[]> {
  return cluster.call(
    'describeAcls',
    'any',
    async (broker) => {
      const response = await broker.send(DescribeAcls, filterFields(filter));
      refuseIfError(response.errorCode, response.errorMessage);
      return response.resources.flatMap(({ acls, ...resource }) => acls.map((acl) => ({ ...resource, ...acl })));
    },
    timeoutMs,
  );
}

/** @see Admin.createAcls */
export function createAcls(
  cluster: Cluster,
  bindings: readonly AclBinding[],
  { timeoutMs }: CallOptions = {},
): Promise<Outcome<undefined>[]> {
  const creations = bindings.map(({ patternType: resourcePatternType, ...rest }) => ({ resourcePatternType, ...rest }));
  return cluster.call(
    'createAcls',
    'controller',
    async (broker) => {
      const { results } = await broker.send(CreateAcls, { creations });
      checkController(results);
      return results.map(({ errorCode, errorMessage }) => itemError(errorCode, errorMessage));
    },
    timeoutMs,
  );
}

/** @see Admin.deleteAcls */
export function deleteAcls(
  cluster: Cluster,
  filters: readonly AclBindingFilter[],
  { timeoutMs }: CallOptions = {},
): Promise<Outcome<AclBinding[]>[]> {
  return cluster.call(
    'deleteAcls',
    'controller',
    async (broker) => {
      const { filterResults } = await broker.send(DeleteAcls, { filters: filters.map(filterFields) });
      checkController(filterResults);
      return filterResults.map(({ errorCode, errorMessage, matchingAcls }) => {
        const failure = [{ errorCode, errorMessage }, ...matchingAcls].find((each) => each.errorCode !== 0);
        if (failure) return itemError(failure.errorCode, failure.errorMessage)!;
        return matchingAcls.map(({ errorCode: _code, errorMessage: _message, ...binding }) => binding);
      });
    },
    timeoutMs,
  );
}

function filterFields(filter: AclBindingFilter) {
  return {
    resourceTypeFilter: filter.resourceType ?? AclResource.ANY,
    resourceNameFilter: filter.resourceName ?? null,
    patternTypeFilter: filter.patternType ?? PatternType.ANY,
    principalFilter: filter.principal ?? null,
    hostFilter: filter.host ?? null,
    operation: filter.operation ?? AclOperation.ANY,
    permissionType: filter.permissionType ?? Permission.ANY,
  };
}
