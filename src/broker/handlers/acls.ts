// DescribeAcls, CreateAcls and DeleteAcls (v1-3) of a broker without an authorizer, as kafka.server.AclApis answers them:
// SECURITY_DISABLED for each entry or filter. Elements with the code 0 (UNKNOWN) close the connection, as Kafka's request
// classes refuse to be made of them; codes that Kafka has no name for do not.
import { ErrorCode } from '../../protocol/errors.ts';
import { CreateAcls } from '../../protocol/messages/create-acls.ts';
import { DeleteAcls } from '../../protocol/messages/delete-acls.ts';
import { DescribeAcls, type DescribeAclsRequest } from '../../protocol/messages/describe-acls.ts';
import { CloseConnection, defineHandler } from './define.ts';

const UNKNOWN = 0;

const DISABLED = { errorCode: ErrorCode.SECURITY_DISABLED, errorMessage: 'No Authorizer is configured.' } as const;

export const describeAclsHandler = defineHandler(DescribeAcls, (request) => {
  refuseUnknown(filterCodes(request));
  return {
    throttleTimeMs: 0,
    errorCode: ErrorCode.SECURITY_DISABLED,
    errorMessage: 'No Authorizer is configured on the broker',
    resources: [],
  };
});

export const createAclsHandler = defineHandler(CreateAcls, ({ creations }) => {
  for (const { resourceType, resourcePatternType, operation, permissionType } of creations)
    refuseUnknown([resourceType, resourcePatternType, operation, permissionType]);
  return { throttleTimeMs: 0, results: creations.map(() => DISABLED) };
});

export const deleteAclsHandler = defineHandler(DeleteAcls, ({ filters }) => {
  for (const filter of filters) refuseUnknown(filterCodes(filter));
  return { throttleTimeMs: 0, filterResults: filters.map(() => ({ ...DISABLED, matchingAcls: [] })) };
});

type Filter = Pick<DescribeAclsRequest, 'resourceTypeFilter' | 'patternTypeFilter' | 'operation' | 'permissionType'>;

function filterCodes({ resourceTypeFilter, patternTypeFilter, operation, permissionType }: Filter): number[] {
  return [resourceTypeFilter, patternTypeFilter, operation, permissionType];
}

function refuseUnknown(codes: readonly number[]): void {
  if (codes.includes(UNKNOWN)) throw new CloseConnection('an access control entry or filter has an UNKNOWN element');
}
