import { ownCommand } from '../cli/own-command.ts';
import { running } from '../cli/server/running.ts';
import { zookeeperStop } from '../cli/server/zookeeper.ts';

const command = ownCommand(zookeeperStop, async ({ env, output }) => {
  const found = running('zookeeper', env);
  for (const { pid } of found) process.kill(pid, 'SIGTERM');
  if (found.length > 0) return 0;
  output.print('No zookeeper server to stop');
  return 1;
});

export default { ...command, hidden: true };
