import { ownCommand } from '../cli/own-command.ts';
import { NOT_NEEDED, zookeeperShell } from '../cli/server/zookeeper.ts';

const command = ownCommand(zookeeperShell, async ({ output }) => {
  output.warn(NOT_NEEDED);
  output.warn('What it was asked for: kafka-topics --list, kafka-broker-api-versions, kafka-metadata-quorum describe');
  return 1;
});

/** Its words are those of another program: an address, then a command of ZooKeeper's. */
export default { ...command, hidden: true, run: (_: readonly string[], root: string) => command.run([], root) };
