// What clients call themselves and ask for stands in the log, but writes no lines of its own there.
import { expect, test } from 'vitest';
import { Loggers } from '../../src/broker/loggers.ts';
import { ErrorCode } from '../../src/protocol/errors.ts';
import { DescribeGroups } from '../../src/protocol/messages/describe-groups.ts';
import { connect } from '../helpers/client.ts';
import { LogLines } from '../helpers/log.ts';
import { handshake, plainLogin, startSaslBroker } from '../helpers/sasl.ts';

const FORGED = '\n[2026-01-01 00:00:00,000] INFO all is well (root)\r\x1b[2J\x9b2J\u2028\u202e';
// Beyond what Kafka's log has of blanks.
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

test('a mechanism that is asked for', async () => {
  const { port, logger } = await startSaslBroker();
  const client = await connect({ port });
  expect((await handshake(client, `X${FORGED}`)).errorCode).toBe(ErrorCode.UNSUPPORTED_SASL_MECHANISM);
  const line = logger.lines.find((text) => text.includes('Unsupported SASL mechanism'));
  expect(line).toContain('\\n[2026-01-01 00:00:00,000] INFO all is well (root)\\r\\u001b[2J');
  expect(line).not.toMatch(CONTROL);
});

test('a name that logs in', async () => {
  const { port, logger } = await startSaslBroker();
  await plainLogin(port, `alice${FORGED}`, 'x');
  expect(logger.lines.join('')).not.toMatch(CONTROL);
});

test('a group that is not allowed', async () => {
  const { broker, logger } = await startSaslBroker({
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  });
  const client = await connect(broker);
  await client.request(DescribeGroups, 5, { groups: [`g${FORGED}`], includeAuthorizedOperations: false });
  const denied = logger.lines.filter((line) => line.includes('is Denied'));
  expect(denied).toHaveLength(1);
  expect(denied[0]).not.toMatch(CONTROL);
});

test('every level', () => {
  const sink = new LogLines();
  const logger = new Loggers(sink, 'TRACE').named('x');
  logger.error(FORGED);
  logger.warn(FORGED);
  logger.info(FORGED);
  logger.debug(FORGED);
  expect(sink.lines).toHaveLength(4);
  expect(sink.lines.join('')).not.toMatch(CONTROL);
});
