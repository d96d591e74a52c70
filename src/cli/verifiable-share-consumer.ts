import { createAdmin } from '../client/admin.ts';
import type { ConnectionError } from '../client/errors.ts';
import { ShareConsumer } from '../client/share-consumer.ts';
import { Events } from '../tools/verifiable/events.ts';
import { setOffsetReset } from '../tools/verifiable/offset-reset.ts';
import { AcknowledgedEvents, consumeShares } from '../tools/verifiable/share-consumer.ts';
import { systemClock } from '../util/clock.ts';
import { exitStatus } from './compat.ts';
import { listenForInterrupt } from './interrupt.ts';
import { printErrorDocument } from './json-wanted.ts';
import { causes, logLine, toolLogger } from './log-lines.ts';
import {
  acknowledgementMode,
  type verifiableShareConsumer,
  verifiableShareConsumerSettings,
} from './options/scripts/verifiable-share-consumer.ts';
import { Exit, type ScriptContext } from './script-command.ts';

type Context = ScriptContext<typeof verifiableShareConsumer>;

/** Runs verifiable-share-consumer: an event to a line until enough records are acknowledged or it is interrupted. */
export async function runVerifiableShareConsumer(context: Context): Promise<Exit> {
  const { options, output, compat } = context;
  const mode = acknowledgementMode(options);
  const settings = verifiableShareConsumerSettings(options);
  const events = new Events((line) => output.print(line), systemClock.nowMs);
  const acknowledged = new AcknowledgedEvents(events);
  let unreachable: ConnectionError | undefined;
  const consumer = await ShareConsumer.create(settings.consumer, {
    logger: toolLogger(output),
    onAcknowledged: (outcome) => acknowledged.onAcknowledged(outcome),
    ...(compat.failFast && {
      onUnreachable: (error: ConnectionError) => {
        unreachable ??= error;
        consumer.wake();
      },
    }),
  });
  const interrupt = listenForInterrupt();
  interrupt.signal.addEventListener('abort', () => consumer.wake());
  const plan = { maxMessages: options.value('max-messages')!, verbose: options.has('verbose'), mode };
  let failure: unknown;
  try {
    events.write('startup_complete');
    await resetOffsets(context, settings.admin, events);
    consumer.subscribe([options.value('topic')!]);
    await consumeShares(consumer, plan, acknowledged, events);
  } catch (error) {
    failure = error;
  }
  if (failure) reportFailure(context, failure);
  await consumer.close();
  events.write('shutdown_complete');
  interrupt.dispose();
  if (unreachable && interrupt.status === undefined) throw new Error(unreachable.message);
  return new Exit(interrupt.status ?? exitStatus(compat, { failed: failure !== undefined, kafkaExit: 0 }));
}

async function resetOffsets(
  { options, output }: Context,
  properties: Record<string, string>,
  events: Events,
): Promise<void> {
  const strategy = options.value('offset-reset-strategy')!.toLowerCase();
  if (strategy === '') return;
  const admin = await createAdmin(properties, { logger: toolLogger(output) });
  try {
    events.write('offset_reset_strategy_set', {
      offsetResetStrategy: await setOffsetReset(admin, options.value('group-id')!, strategy),
    });
  } finally {
    await admin.close();
  }
}

function reportFailure({ output, format }: Context, failure: unknown): void {
  if (format === 'json') printErrorDocument((failure as Error).message, output);
  const text = 'Error during processing, terminating share consumer process: ';
  output.warn(logLine('ERROR', text, 'org.apache.kafka.tools.VerifiableShareConsumer'));
  output.warn(causes(failure));
}
