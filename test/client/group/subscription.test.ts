import { expect, it } from 'vitest';
import {
  decodeAssignment,
  decodeSubscription,
  encodeAssignment,
  encodeSubscription,
} from '../../../src/client/group/subscription.ts';

// Recorded from the group metadata of Kafka's own console consumer.
const SUBSCRIPTION = 'AAMAAAABAAZvcmRlcnP/////AAAAAP///////w==';
const ASSIGNMENT = 'AAMAAAABAAZvcmRlcnMAAAABAAAAAP////8=';

it("writes and reads a subscription as Kafka's consumer does", () => {
  expect(encodeSubscription(['orders'], null).toString('base64')).toBe(SUBSCRIPTION);
  expect(decodeSubscription(Buffer.from(SUBSCRIPTION, 'base64'))).toEqual({ topics: ['orders'], owned: [] });
});

it("writes and reads an assignment as Kafka's consumer does", () => {
  expect(encodeAssignment([{ topic: 'orders', partition: 0 }]).toString('base64')).toBe(ASSIGNMENT);
  expect(decodeAssignment(Buffer.from(ASSIGNMENT, 'base64'))).toEqual([{ topic: 'orders', partition: 0 }]);
  expect(decodeAssignment(Buffer.alloc(0))).toEqual([]);
});
