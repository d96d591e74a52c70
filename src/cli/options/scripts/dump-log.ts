import { classDecoder, type Decoder, type DecoderName, decoderOf } from '../../../tools/dump-log/decoders.ts';
import type { DumpPlan } from '../../../tools/dump-log/dump.ts';
import { checkRequired } from '../checks.ts';
import type { ParsedOptions } from '../parsed.ts';
import { joptScript, type OptionsOf } from '../script.ts';
import { flag, int, optionalText, text } from '../table.ts';
import { general } from './common.ts';

const STRING_DECODER = 'org.apache.kafka.tools.api.StringDecoder';
const DECODERS = 'Decoders';

export const dumpLog = joptScript({
  name: 'dump-log',
  kafkaName: 'kafka-dump-log',
  about: 'Show what the files of a partition hold',
  headline:
    'This tool helps to parse a log file and dump its contents to the console, useful for debugging a seemingly corrupt log segment.',
  parseErrors: 'uncaught',
  examples: [
    {
      about: 'The batches of a segment',
      command: 'dump-log --files data/orders-0/00000000000000000000.log',
    },
    {
      about: 'Its records too',
      command: 'dump-log --files data/orders-0/00000000000000000000.log --print-data-log',
    },
    {
      about: 'The metadata of the cluster',
      command: 'dump-log --cluster-metadata-decoder --files data/__cluster_metadata-0/00000000000000000000.log',
    },
  ],
  options: {
    'print-data-log': flag('Show keys and values of records'),
    'verify-index-only': flag('Only check indexes against their segment'),
    'index-sanity-check': flag('Only check indexes in themselves'),
    files: text('FILE,…', 'The files: .log, .index, .timeindex, .snapshot, .txnindex, .checkpoint', {
      suggest: 'files',
    }),
    'max-message-size': int('BYTES', 'Size of the largest message', { default: 5_242_880 }),
    'max-bytes': int('BYTES', 'Look at so much of a segment', { default: 2_147_483_647 }),
    'deep-iteration': flag('Show records, not only batches'),
    'value-decoder-class': optionalText('CLASS', 'How values are read', { group: DECODERS, default: STRING_DECODER }),
    'key-decoder-class': optionalText('CLASS', 'How keys are read', { group: DECODERS, default: STRING_DECODER }),
    'offsets-decoder': flag('Read __consumer_offsets', { group: DECODERS }),
    'transaction-log-decoder': flag('Read __transaction_state', { group: DECODERS }),
    'cluster-metadata-decoder': flag('Read __cluster_metadata', { group: DECODERS }),
    'remote-log-metadata-decoder': flag('Read __remote_log_metadata', { group: DECODERS }),
    'share-group-state-decoder': flag('Read __share_group_state', { group: DECODERS }),
    'skip-record-metadata': flag('Leave out offsets, times and sizes of records'),
    ...general,
  },
});

export type DumpLogOptions = ParsedOptions<OptionsOf<typeof dumpLog>>;

/** The first of them that is given counts. */
const NAMED: readonly DecoderName[] = [
  'offsets',
  'transaction-log',
  'cluster-metadata',
  'remote-log-metadata',
  'share-group-state',
];

/** @throws UsageError without --files, OptionError for several */
export function checkDumpLog(options: DumpLogOptions): DumpPlan {
  checkRequired(options, 'files');
  const named = NAMED.find((name) => options.has(`${name}-decoder`));
  const contents =
    named !== undefined ||
    (['print-data-log', 'value-decoder-class', 'key-decoder-class'] as const).some((name) => options.has(name));
  return {
    paths: paths(options.value('files')!),
    indexMode: options.has('index-sanity-check') ? 'sanity' : options.has('verify-index-only') ? 'verify' : 'print',
    maxMessageSize: () => options.value('max-message-size')!,
    log: () => ({
      deep: contents || options.has('deep-iteration'),
      decoder: contents ? decoder(options, named) : undefined,
      skipRecordMetadata: options.has('skip-record-metadata'),
      maxBytes: options.value('max-bytes')!,
    }),
  };
}

function decoder(options: DumpLogOptions, named: DecoderName | undefined): Decoder {
  if (named !== undefined) return decoderOf(named);
  return classDecoder(options.value('key-decoder-class')!, options.value('value-decoder-class')!);
}

/** Names between commas, without empty ones at the end, as java.io.File writes them. */
function paths(list: string): string[] {
  const names = list.split(',');
  while (list !== '' && names.at(-1) === '') names.pop();
  return names.map((name) => name.replace(/\/+/g, '/').replace(/(?<=.)\/$/, ''));
}
