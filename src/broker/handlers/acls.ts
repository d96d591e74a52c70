// DescribeAcls, CreateAcls and DeleteAcls (v1-3; kafka.server.AclApis, AclControlManager). Without an authorizer each entry
// or filter is answered SECURITY_DISABLED. Elements with the code 0 (UNKNOWN) close the connection, as Kafka's request
// classes refuse to be made of them; codes that Kafka has no name for do not.
import { ErrorCode } from '../../protocol/errors.ts';
import { CreateAcls } from '../../protocol/messages/create-acls.ts';
import { DeleteAcls } from '../../protocol/messages/delete-acls.ts';
import { DescribeAcls } from '../../protocol/messages/describe-acls.ts';
import type { Acl } from '../security/acl.ts';
import { type AclFilter, matchesFilter } from '../security/acl-filter.ts';
import { aclProblem } from '../security/validate-acl.ts';
import type { Services } from '../services.ts';
import { CloseConnection, defineHandler } from './define.ts';

const UNKNOWN = 0;

const DISABLED = { errorCode: ErrorCode.SECURITY_DISABLED, errorMessage: 'No Authorizer is configured.' } as const;
/** As Kafka's answers that begin with ApiError.NONE. */
const DONE = { errorCode: ErrorCode.NONE, errorMessage: '' } as const;
const NO_ERROR = { errorCode: ErrorCode.NONE, errorMessage: null } as const;

export const describeAclsHandler = defineHandler(DescribeAcls, (request, { services }) => {
  refuseUnknown(filterCodes(request));
  if (!services.authorizer)
    return {
      throttleTimeMs: 0,
      errorCode: ErrorCode.SECURITY_DISABLED,
      errorMessage: 'No Authorizer is configured on the broker',
      resources: [],
    };
  return { throttleTimeMs: 0, ...DONE, resources: byResource(matching(services, request).map(([, acl]) => acl)) };
});

export const createAclsHandler = defineHandler(CreateAcls, ({ creations }, { services }) => {
  for (const { resourceType, resourcePatternType, operation, permissionType } of creations)
    refuseUnknown([resourceType, resourcePatternType, operation, permissionType]);
  if (!services.authorizer) return { throttleTimeMs: 0, results: creations.map(() => DISABLED) };
  const acls = creations.map(({ resourcePatternType: patternType, ...rest }): Acl => ({ patternType, ...rest }));
  const problems = acls.map(aclProblem);
  services.metadata.createAcls(acls.filter((_, i) => problems[i] === undefined));
  const results = problems.map((problem) =>
    problem === undefined ? DONE : { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: problem },
  );
  return { throttleTimeMs: 0, results };
});

export const deleteAclsHandler = defineHandler(DeleteAcls, ({ filters }, { services }) => {
  for (const filter of filters) refuseUnknown(filterCodes(filter));
  if (!services.authorizer)
    return { throttleTimeMs: 0, filterResults: filters.map(() => ({ ...DISABLED, matchingAcls: [] })) };
  const found = filters.map((filter) => matching(services, filter));
  services.metadata.deleteAcls([...new Set(found.flat().map(([id]) => id))]);
  const filterResults = found.map((entries) => ({
    ...NO_ERROR,
    matchingAcls: entries.map(([, acl]) => ({ ...NO_ERROR, ...acl })),
  }));
  return { throttleTimeMs: 0, filterResults };
});

function matching({ metadata }: Services, filter: AclFilter): [id: string, acl: Acl][] {
  return [...metadata.acls.all].filter(([, acl]) => matchesFilter(acl, filter));
}

function byResource(acls: readonly Acl[]) {
  const resources = new Map<string, { resourceType: number; resourceName: string; patternType: number; acls: Acl[] }>();
  for (const acl of acls) {
    const { resourceType, resourceName, patternType } = acl;
    const key = `${resourceType} ${patternType} ${resourceName}`;
    const known = resources.get(key);
    if (known) known.acls.push(acl);
    else resources.set(key, { resourceType, resourceName, patternType, acls: [acl] });
  }
  return [...resources.values()];
}

type FilterCodes = Pick<AclFilter, 'resourceTypeFilter' | 'patternTypeFilter' | 'operation' | 'permissionType'>;

function filterCodes({ resourceTypeFilter, patternTypeFilter, operation, permissionType }: FilterCodes): number[] {
  return [resourceTypeFilter, patternTypeFilter, operation, permissionType];
}

function refuseUnknown(codes: readonly number[]): void {
  if (codes.includes(UNKNOWN)) throw new CloseConnection('an access control entry or filter has an UNKNOWN element');
}
