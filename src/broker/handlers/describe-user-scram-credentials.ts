// DescribeUserScramCredentials, v0 (KIP-554): which SCRAM mechanisms users have, and with how many iterations; no secrets.
// Follows org.apache.kafka.image.ScramImage.describe.
import { ErrorCode } from '../../protocol/errors.ts';
import { DescribeUserScramCredentials } from '../../protocol/messages/describe-user-scram-credentials.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import type { ScramCredentials } from '../metadata/image.ts';
import { defineHandler } from './define.ts';
import { repeated } from './failures.ts';

export const describeUserScramCredentialsHandler = defineHandler(
  DescribeUserScramCredentials,
  ({ users }, { services }) => {
    const { scramCredentials } = services.metadata;
    const names = users?.length ? users.map(({ name }) => name) : [...scramCredentials.keys()];
    const twice = repeated(names);
    return {
      throttleTimeMs: 0,
      errorCode: ErrorCode.NONE,
      errorMessage: '',
      results: hashMapOrder(new Set(names), javaStringHash).map((user) => ({
        user,
        ...describe(user, twice.has(user), scramCredentials),
      })),
    };
  },
);

function describe(user: string, isRepeated: boolean, all: ScramCredentials) {
  const credentials = all.get(user);
  if (isRepeated) {
    const errorMessage = `Cannot describe SCRAM credentials for the same user twice in a single request: ${user}`;
    return { errorCode: ErrorCode.DUPLICATE_RESOURCE, errorMessage, credentialInfos: [] };
  }
  if (credentials === undefined) {
    const errorMessage = `Attempt to describe a user credential that does not exist: ${user}`;
    return { errorCode: ErrorCode.RESOURCE_NOT_FOUND, errorMessage, credentialInfos: [] };
  }
  const credentialInfos = [...credentials].map(([mechanism, { iterations }]) => ({ mechanism, iterations }));
  return { errorCode: ErrorCode.NONE, errorMessage: '', credentialInfos };
}
