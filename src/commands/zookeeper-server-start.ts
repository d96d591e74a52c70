import { exitStatus } from '../cli/compat.ts';
import { SERVICES } from '../cli/dist/services.ts';
import { aborted, listenForInterrupt } from '../cli/interrupt.ts';
import { ownCommand } from '../cli/own-command.ts';
import { withDaemon } from '../cli/server/background.ts';
import { announce } from '../cli/server/running.ts';
import { NOT_NEEDED, zookeeperStart } from '../cli/server/zookeeper.ts';

const command = ownCommand(zookeeperStart, async ({ env, compat, output }) => {
  const interrupt = listenForInterrupt();
  const withdraw = announce('zookeeper', {}, env);
  output.onClosed(() => {});
  output.print(`${NOT_NEEDED} This window waits, as the tutorial expects, until Ctrl-C.`);
  await aborted(interrupt.signal);
  withdraw();
  return exitStatus(compat, { kafkaExit: interrupt.status });
});

export default { ...withDaemon(command, SERVICES['zookeeper-server-start']!), hidden: true };
