// DescribeLogDirs: log directories with sizes and lags. v3 top-level error, v4 volume sizes (KIP-827), v5 cordoned
// directories (KIP-1066).
import { api, array, bool, int16, int32, int64, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const DescribeLogDirs = api({
  name: 'DescribeLogDirs',
  key: 35,
  versions: [1, 5],
  flexible: 2,
  request: { topics: array({ topic: string, partitions: array(int32) }).nullable() },
  response: {
    throttleTimeMs: int32,
    errorCode: int16.since(3),
    results: array({
      errorCode: int16,
      logDir: string,
      topics: array({
        name: string,
        partitions: array({ partitionIndex: int32, partitionSize: int64, offsetLag: int64, isFutureKey: bool }),
      }),
      totalBytes: int64.since(4).default(-1),
      usableBytes: int64.since(4).default(-1),
      isCordoned: bool.since(5).default(false),
    }),
  },
});

export interface DescribeLogDirsRequest extends RequestOf<typeof DescribeLogDirs> {}
export interface DescribeLogDirsResponse extends ResponseOf<typeof DescribeLogDirs> {}
