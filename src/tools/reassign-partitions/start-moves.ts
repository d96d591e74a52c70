// Moves of replicas to other log directories of their brokers begin (ReassignPartitionsCommand.executeMoves).
import type { Admin } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { copiedMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { commandFailed } from '../admin-exceptions.ts';
import { type Print, plural, TerseFailure } from './action.ts';
import { execution } from './cluster-state.ts';
import { type Move, nameOf } from './plan.ts';

const RETRY_MS = 100;

/**
 * Has all moves begin, and says which do as they do; a replica that is not on its broker yet is tried again.
 * @param timeoutMs how long to try, milliseconds
 * @throws TerseFailure when the time is over, JavaException for what a broker refuses
 */
export async function startMoves(
  admin: Pick<Admin, 'alterReplicaLogDirs'>,
  moves: readonly Move[],
  timeoutMs: number,
  print: Print,
): Promise<void> {
  let open = moves;
  for (let left = timeoutMs; open.length > 0; left -= RETRY_MS) {
    open = await startEach(admin, open, print);
    if (open.length === 0) return;
    if (left <= 0) {
      const missing = open.map(nameOfMove).join(',');
      throw new TerseFailure(
        `Timed out before log directory move${plural(open.length)} could be started for: ${missing}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** Says which moves have begun once it is known of all that none has failed. @returns those that cannot begin yet */
async function startEach(
  admin: Pick<Admin, 'alterReplicaLogDirs'>,
  moves: readonly Move[],
  print: Print,
): Promise<Move[]> {
  const errors = new Map<Move, KafkaError>();
  const start = async (broker: number) => {
    const own = moves.filter((move) => move.broker === broker);
    const places = own.map(({ place }) => place);
    const outcomes = await admin.alterReplicaLogDirs(broker, places).catch((error: unknown) => {
      if (!(error instanceof KafkaError)) throw error;
      return places.map((place) => ({ ...place, error }));
    });
    for (const [i, { error }] of outcomes.entries()) if (error) errors.set(own[i]!, error);
  };
  await Promise.all([...new Set(moves.map(({ broker }) => broker))].map(start));
  const isLater = (move: Move) => errors.get(move)?.code === ErrorCode.REPLICA_NOT_AVAILABLE;
  const failed = copiedMapOrder(moves, hashOf).find((move) => errors.has(move) && !isLater(move));
  if (failed) {
    const failure = commandFailed(`Failed to alter dir for ${nameOfMove(failed)}`);
    throw Object.assign(failure, { cause: execution(errors.get(failed)!) });
  }
  for (const { broker, place } of moves.filter((move) => !errors.has(move)))
    print(
      `Successfully started moving log directory to ${place.path} for replica ${nameOf(place)} with broker ${broker} \n`,
    );
  return moves.filter(isLater);
}

const nameOfMove = ({ broker, place }: Move): string => `${nameOf(place)}-${broker}`;

/** TopicPartitionReplica.hashCode. */
function hashOf({ broker, place: { topic, partition } }: Move): number {
  const named = (31 + javaStringHash(topic)) | 0;
  return (Math.imul(31, Math.imul(31, named) + partition) + broker) | 0;
}
