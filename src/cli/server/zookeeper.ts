// ZooKeeper is not needed, but tutorials start it, services depend on it and scripts stop it.
import { joptScript } from '../options/script.ts';
import { general } from '../options/scripts/common.ts';
import { text } from '../options/table.ts';

export const NOT_NEEDED = 'No ZooKeeper is needed: the broker keeps its metadata itself.';

export const zookeeperStart = joptScript({
  name: 'zookeeper-server-start',
  kafkaName: 'zookeeper-server-start',
  about: 'Say that no ZooKeeper is needed, and stay until stopped',
  headline: 'USAGE: zookeeper-server-start [-daemon] zookeeper.properties',
  parseErrors: 'message',
  positionals: { '[zookeeper.properties]': text('FILE', 'Not read', { suggest: 'files' }) },
  options: { help: general.help, version: general.version },
  examples: [],
});

export const zookeeperStop = joptScript({
  name: 'zookeeper-server-stop',
  kafkaName: 'zookeeper-server-stop',
  about: 'Stop what zookeeper-server-start started',
  headline: '',
  parseErrors: 'message',
  options: { help: general.help, version: general.version },
  examples: [],
});

export const zookeeperShell = joptScript({
  name: 'zookeeper-shell',
  kafkaName: 'zookeeper-shell',
  about: 'Say what does today what one did with a shell on ZooKeeper',
  headline: '',
  parseErrors: 'message',
  options: { help: general.help, version: general.version },
  examples: [],
});
