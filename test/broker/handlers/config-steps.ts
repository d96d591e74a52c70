// The part of the recorded admin session that describes and alters configs, see admin-steps.ts.
import { ListConfigResources } from '../../../src/protocol/messages/list-config-resources.ts';
import {
  type AdminStep,
  APPEND,
  BROKER,
  DELETE,
  describe,
  GROUP,
  incremental,
  LOGGER,
  legacy,
  METRICS,
  SET,
  SUBTRACT,
  step,
  TOPIC,
} from './admin-requests.ts';

export const CONFIG_STEPS: readonly AdminStep[] = [
  describe(4, [[TOPIC, 'with-configs', ['retention.ms', 'cleanup.policy', 'min.insync.replicas']]], {
    includeSynonyms: true,
    includeDocumentation: true,
  }),
  describe(1, [[TOPIC, 'with-configs', ['retention.ms']]], { includeSynonyms: true }),
  describe(3, [[TOPIC, 'with-configs', ['segment.bytes']]], { includeDocumentation: true }),
  describe(4, [[TOPIC, 'with-configs', []]]),
  describe(4, [[TOPIC, 'with-configs']]),
  describe(4, [
    [TOPIC, 'nowhere'],
    [TOPIC, 'bad name'],
    [TOPIC, ''],
  ]),
  describe(4, [
    [TOPIC, 'plain', ['retention.ms']],
    [TOPIC, 'plain', ['segment.ms']],
  ]),
  describe(4, [
    [BROKER, '1', ['num.io.threads', 'min.insync.replicas']],
    [BROKER, ''],
    [BROKER, '7'],
    [BROKER, 'x'],
  ]),
  describe(
    4,
    [
      [GROUP, 'g', ['consumer.session.timeout.ms']],
      [GROUP, ''],
    ],
    { includeSynonyms: true },
  ),
  describe(
    4,
    [
      [METRICS, 'm'],
      [METRICS, ''],
    ],
    { includeSynonyms: true },
  ),
  describe(4, [
    [LOGGER, '7'],
    [LOGGER, ''],
    [LOGGER, 'x'],
  ]),
  describe(4, [
    [0, 'x'],
    [3, 'x'],
  ]),
  describe(4, [[64, 'x']]),
  incremental([
    [
      TOPIC,
      'plain',
      [
        ['retention.ms', SET, '5000'],
        ['cleanup.policy', APPEND, 'compact'],
      ],
    ],
  ]),
  incremental([
    [
      TOPIC,
      'plain',
      [
        ['cleanup.policy', SUBTRACT, 'delete'],
        ['retention.ms', DELETE, null],
      ],
    ],
  ]),
  incremental([[TOPIC, 'plain', [['retention.ms', SET, '7000']]]], true),
  incremental([
    [TOPIC, 'plain', [['retention.ms', SET, 'soon']]],
    [TOPIC, 'nowhere', [['retention.ms', SET, '1']]],
    [TOPIC, 'seven', [['no.such', SET, '1']]],
  ]),
  incremental(
    [
      [
        TOPIC,
        'plain',
        [
          ['retention.ms', SET, '1'],
          ['retention.ms', SET, '2'],
        ],
      ],
    ],
    false,
    0,
  ),
  incremental([[TOPIC, 'plain', [['retention.ms', SET, null]]]]),
  incremental([[TOPIC, 'plain', [['retention.ms', APPEND, '1']]]]),
  incremental([
    [TOPIC, 'bad name', [['retention.ms', SET, '1']]],
    [TOPIC, '', [['retention.ms', SET, '1']]],
  ]),
  incremental([
    [TOPIC, 'plain', [['retention.ms', SET, '1']]],
    [TOPIC, 'plain', [['retention.ms', SET, '2']]],
  ]),
  incremental([[TOPIC, 'plain', []]]),
  incremental([
    [BROKER, '1', [['log.retention.ms', SET, '123456']]],
    [BROKER, '', [['log.segment.bytes', SET, '2000000']]],
  ]),
  describe(
    4,
    [
      [BROKER, '1', ['log.retention.ms', 'log.segment.bytes']],
      [BROKER, ''],
    ],
    { includeSynonyms: true },
  ),
  describe(4, [[TOPIC, 'seven', ['retention.ms', 'segment.bytes']]], { includeSynonyms: true }),
  incremental([
    [BROKER, '7', [['log.retention.ms', SET, '1']]],
    [BROKER, 'x', [['log.retention.ms', SET, '1']]],
  ]),
  incremental([[BROKER, '1', [['node.id', SET, '2']]]]),
  incremental([
    [BROKER, '1', [['log.retention.ms', DELETE, null]]],
    [BROKER, '', [['log.segment.bytes', DELETE, null]]],
  ]),
  incremental([
    [GROUP, 'g', [['consumer.session.timeout.ms', SET, '50000']]],
    [GROUP, 'h', [['no.such', SET, '1']]],
  ]),
  incremental([
    [
      METRICS,
      'm',
      [
        ['interval.ms', SET, '1000'],
        ['metrics', SET, 'org.apache'],
      ],
    ],
    [METRICS, 'n', [['interval.ms', SET, '1']]],
  ]),
  describe(
    4,
    [
      [GROUP, 'g', ['consumer.session.timeout.ms']],
      [METRICS, 'm', ['interval.ms']],
    ],
    { includeSynonyms: true },
  ),
  incremental([
    [3, 'x', [['a', SET, 'b']]],
    [64, 'x', [['a', SET, 'b']]],
  ]),
  incremental([
    [LOGGER, '1', [['no.such.logger', SET, 'INFO']]],
    [LOGGER, '7', [['kafka', SET, 'INFO']]],
  ]),
  incremental([]),
  legacy([
    [
      TOPIC,
      'seven',
      [
        ['retention.ms', '9000'],
        ['segment.ms', '8000'],
      ],
    ],
  ]),
  legacy([[TOPIC, 'seven', [['retention.ms', '9000']]]], false, 0),
  describe(4, [[TOPIC, 'seven', ['retention.ms', 'segment.ms']]]),
  legacy([
    [TOPIC, 'seven', [['retention.ms', null]]],
    [TOPIC, 'nowhere', [['retention.ms', '1']]],
    [TOPIC, 'plain', [['no.such', '1']]],
  ]),
  legacy([
    [
      TOPIC,
      'seven',
      [
        ['retention.ms', '1'],
        ['retention.ms', '2'],
      ],
    ],
  ]),
  legacy([[TOPIC, 'seven', []]], true),
  legacy([
    [BROKER, '7', []],
    [LOGGER, '1', []],
    [64, 'x', []],
  ]),
  step(ListConfigResources, 0, {}),
  step(ListConfigResources, 1, { resourceTypes: [] }),
  step(ListConfigResources, 1, { resourceTypes: [TOPIC!] }),
  step(ListConfigResources, 1, { resourceTypes: [GROUP!, METRICS!] }),
  step(ListConfigResources, 1, { resourceTypes: [BROKER!, LOGGER!] }),
  step(ListConfigResources, 1, { resourceTypes: [3] }),
];
