// ktool as a library: a Kafka broker inside another program, tests above all.
export type { BrokerOptions } from './broker/broker-options.ts';
export { type Broker, startBroker } from './broker/start.ts';
