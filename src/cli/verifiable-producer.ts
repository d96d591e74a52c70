import type { ConnectionError } from '../client/errors.ts';
import { createProducer } from '../client/producer.ts';
import { Events } from '../tools/verifiable/events.ts';
import { produceVerifiably } from '../tools/verifiable/producer.ts';
import { systemClock } from '../util/clock.ts';
import { deferred } from '../util/deferred.ts';
import { exitStatus } from './compat.ts';
import { listenForInterrupt } from './interrupt.ts';
import { toolLogger } from './log-lines.ts';
import { type verifiableProducer, verifiableProducerSettings } from './options/scripts/verifiable-producer.ts';
import { Exit, type ScriptContext } from './script-command.ts';

/** Runs verifiable-producer: an event to a line until there are enough records or it is interrupted. */
export async function runVerifiableProducer(context: ScriptContext<typeof verifiableProducer>): Promise<Exit> {
  const { options, output, compat, notice } = context;
  const settings = verifiableProducerSettings(options, { notice });
  const createTime = options.value('message-create-time')!;
  const plan = {
    topic: options.value('topic')!,
    maxMessages: options.value('max-messages')!,
    throughput: options.value('throughput')!,
    valuePrefix: options.value('value-prefix'),
    createTimeMs: createTime === -1 ? undefined : createTime,
    repeatingKeys: options.value('repeating-keys'),
  };
  const unreachable = deferred<never>();
  const producer = await createProducer(settings, {
    logger: toolLogger(output),
    ...(compat.failFast && { onUnreachable: ({ message }: ConnectionError) => unreachable.reject(new Error(message)) }),
  });
  const interrupt = listenForInterrupt();
  const events = new Events((line) => output.print(line), systemClock.nowMs);
  const produced = produceVerifiably(producer, plan, events, interrupt.signal);
  const { sent, acked } = await Promise.race([produced, unreachable.promise]).finally(() => interrupt.dispose());
  return new Exit(interrupt.status ?? exitStatus(compat, { failed: acked < sent, kafkaExit: 0 }));
}
