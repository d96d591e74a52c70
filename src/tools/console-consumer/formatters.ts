import { noSuchKind } from '../java-classes.ts';
import { JavaException } from '../java-exception.ts';
import { NO_MODULES, type UserModules } from '../user-module.ts';
import { defaultFormatter } from './default-formatter.ts';
import type { Formatter, FormatterLog } from './formatter.ts';
import {
  groupMetadataFormatter,
  offsetsFormatter,
  shareGroupFormatter,
  shareGroupStateFormatter,
  transactionLogFormatter,
} from './internal-formatters.ts';
import { checkpointFormatter, heartbeatFormatter, offsetSyncFormatter } from './mirror-formatters.ts';
import { userFormatter } from './user-formatter.ts';

type Make = (properties: ReadonlyMap<string, string>, log: FormatterLog, modules: UserModules) => Formatter;

const PACKAGE = 'org.apache.kafka.tools.consumer.';
const FORMATTER = 'org.apache.kafka.common.MessageFormatter';
const MIRROR = 'org.apache.kafka.connect.mirror.formatters.';

const FORMATTERS: Readonly<Record<string, Make>> = {
  [`${PACKAGE}DefaultMessageFormatter`]: defaultFormatter,
  // What it logs beside that is below the level that Kafka's tools show.
  [`${PACKAGE}LoggingMessageFormatter`]: defaultFormatter,
  [`${PACKAGE}NoOpMessageFormatter`]: () => ({ write() {} }),
  [`${PACKAGE}OffsetsMessageFormatter`]: offsetsFormatter,
  [`${PACKAGE}GroupMetadataMessageFormatter`]: groupMetadataFormatter,
  [`${PACKAGE}TransactionLogMessageFormatter`]: transactionLogFormatter,
  [`${PACKAGE}ShareGroupMessageFormatter`]: shareGroupFormatter,
  [`${PACKAGE}group.share.ShareGroupStateMessageFormatter`]: shareGroupStateFormatter,
  [`${MIRROR}HeartbeatFormatter`]: heartbeatFormatter,
  [`${MIRROR}OffsetSyncFormatter`]: offsetSyncFormatter,
  [`${MIRROR}CheckpointFormatter`]: checkpointFormatter,
};

/** The Java class names that `formatter` knows. */
export const formatterClasses: readonly string[] = Object.keys(FORMATTERS);

/**
 * The formatter that a Java class name, or the path of a module, stands for.
 * @param log is told of settings that are ignored
 * @throws JavaException with what Java says of a class that is not there, or that is no formatter
 */
export function formatter(
  className: string,
  properties: ReadonlyMap<string, string>,
  log: FormatterLog,
  modules: UserModules = NO_MODULES,
): Formatter {
  const module = modules.get(className);
  if (module) return userFormatter(module, properties);
  if (Object.hasOwn(FORMATTERS, className)) return FORMATTERS[className]!(properties, log, modules);
  throw notAFormatter(className);
}

function notAFormatter(className: string): JavaException {
  if (className === `${PACKAGE}CoordinatorRecordMessageFormatter`)
    return new JavaException('java.lang.NoSuchMethodException', `${className}.<init>()`);
  return noSuchKind(className, FORMATTER);
}
