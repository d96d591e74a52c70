import { Consumer } from '../client/consumer.ts';
import type { ConnectionError } from '../client/errors.ts';
import { assignmentEvents, consumeVerifiably } from '../tools/verifiable/consumer.ts';
import { Events } from '../tools/verifiable/events.ts';
import { Polls } from '../tools/verifiable/polls.ts';
import { systemClock } from '../util/clock.ts';
import { exitStatus } from './compat.ts';
import { listenForInterrupt } from './interrupt.ts';
import { printErrorDocument } from './json-wanted.ts';
import { causes, logLine, toolLogger } from './log-lines.ts';
import { type verifiableConsumer, verifiableConsumerSettings } from './options/scripts/verifiable-consumer.ts';
import { Exit, type ScriptContext } from './script-command.ts';

type Context = ScriptContext<typeof verifiableConsumer>;

/** Runs verifiable-consumer: an event to a line until there are enough records or it is interrupted. */
export async function runVerifiableConsumer(context: Context): Promise<Exit> {
  const { options, output, compat, notice } = context;
  const settings = verifiableConsumerSettings(options, { notice });
  const events = new Events((line) => output.print(line), systemClock.nowMs);
  let unreachable: ConnectionError | undefined;
  const consumer: Consumer = await Consumer.create(settings, {
    logger: toolLogger(output),
    listener: assignmentEvents(events, (partitions) => polls.forget(partitions)),
    ...(compat.failFast && {
      onUnreachable: (error: ConnectionError) => {
        unreachable ??= error;
        consumer.wake();
      },
    }),
  });
  const polls = new Polls(consumer);
  const interrupt = listenForInterrupt();
  // Kafka's script says this from its shutdown hook: at once when it is interrupted, at the very end otherwise.
  const onAbort = () => {
    events.write('shutdown_requested');
    consumer.wake();
  };
  interrupt.signal.addEventListener('abort', onAbort);
  const plan = {
    maxMessages: options.value('max-messages')!,
    verbose: options.has('verbose'),
    commits: !options.has('enable-autocommit'),
  };
  let failure: unknown;
  try {
    events.write('startup_complete');
    await consumer.subscribe({ topic: options.value('topic')! });
    await consumeVerifiably(consumer, polls, plan, events);
  } catch (error) {
    failure = error;
  }
  if (failure) reportFailure(context, failure);
  await consumer.close();
  events.write('shutdown_complete');
  if (interrupt.status === undefined) events.write('shutdown_requested');
  interrupt.dispose();
  if (unreachable && interrupt.status === undefined) throw new Error(unreachable.message);
  return new Exit(interrupt.status ?? exitStatus(compat, { failed: failure !== undefined, kafkaExit: 0 }));
}

function reportFailure({ output, format }: Context, failure: unknown): void {
  if (format === 'json') printErrorDocument((failure as Error).message, output);
  const text = 'Error during processing, terminating consumer process: ';
  output.warn(logLine('ERROR', text, 'org.apache.kafka.tools.VerifiableConsumer'));
  output.warn(causes(failure));
}
