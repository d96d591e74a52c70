// ktool as a library: a Kafka broker inside another program, tests above all.
export type { Broker, ClusterBroker } from './broker/broker.ts';
export type { BrokerOptions, Settings } from './broker/broker-options.ts';
export type { Fault, FaultHandle, Faults } from './broker/controls/fault.ts';
export type { RequestFilter, Requests } from './broker/controls/request-log.ts';
export type { SeenRequest } from './broker/controls/seen-request.ts';
export { startBroker } from './broker/start.ts';
export type { ErrorName } from './protocol/errors.ts';
export type { ApiName } from './protocol/messages/index.ts';
