// What setup scripts of all years do to config/server.properties with sed.
import { expect, test } from 'vitest';
import { serverProperties } from '../../../src/cli/dist/config/server.ts';
import { parseProperties } from '../../../src/util/properties.ts';

const LISTENERS = 'PLAINTEXT://0.0.0.0:9092';
const ADVERTISED = 'PLAINTEXT://10.0.0.7:9092';

test.each([
  ['uncomment it', /^#listeners=.*/m, /^#advertised\.listeners=.*/m],
  [
    'replace what Kafka had there',
    '#listeners=PLAINTEXT://:9092',
    '#advertised.listeners=PLAINTEXT://your.host.name:9092',
  ],
  ['take either', /^#?listeners=.*/gm, /^#?advertised\.listeners=.*/gm],
])('edits of listeners count: %s', (_, listeners, advertised) => {
  const edited = serverProperties('/kafka')
    .replace(listeners, `listeners=${LISTENERS}`)
    .replace(advertised, `advertised.listeners=${ADVERTISED}`);
  const settings = parseProperties(edited);
  expect([settings.get('listeners'), settings.get('advertised.listeners')]).toEqual([LISTENERS, ADVERTISED]);
});
