// FindCoordinator: which broker coordinates a group, transactional id or share partition. v1 key types, v4 several
// keys (KIP-699), v6 share groups (KIP-932).
import { api, array, int8, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const FindCoordinator = api({
  name: 'FindCoordinator',
  key: 10,
  versions: [0, 6],
  flexible: 3,
  request: { key: string.until(3), keyType: int8.since(1).default(0), coordinatorKeys: array(string).since(4) },
  response: {
    throttleTimeMs: int32.since(1),
    errorCode: int16.until(3),
    errorMessage: string.since(1).until(3).nullable(),
    nodeId: int32.until(3),
    host: string.until(3),
    port: int32.until(3),
    coordinators: array({
      key: string.since(4),
      nodeId: int32.since(4),
      host: string.since(4),
      port: int32.since(4),
      errorCode: int16.since(4),
      errorMessage: string.since(4).nullable(),
    }).since(4),
  },
});

export interface FindCoordinatorRequest extends RequestOf<typeof FindCoordinator> {}
export interface FindCoordinatorResponse extends ResponseOf<typeof FindCoordinator> {}
