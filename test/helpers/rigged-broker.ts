// A broker behind a proxy that changes what it answers: the error code at one place of the answers of one API, or what it
// says of the APIs it has. Clients that ask the cluster for addresses are told the proxy's.
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Broker } from '../../src/broker/broker.ts';
import { startBroker } from '../../src/broker/start.ts';
import { FrameReader } from '../../src/client/frame-reader.ts';
import { decodeResponse, encodeResponse } from '../../src/protocol/headers.ts';
import { ApiVersions, type ApiVersionsResponse } from '../../src/protocol/messages/api-versions.ts';
import { apiByKey } from '../../src/protocol/messages/index.ts';
import type { Api, Fields } from '../../src/protocol/schema.ts';
import { freePort } from './free-port.ts';
import { framed } from './network.ts';

/** An error code in the place of what the broker answers. */
export interface RiggedError {
  readonly api: string;
  /** Which field: `errorCode`, `topics.errorCode`, `topics.partitions.errorCode`; see {@link errorPlaces}. */
  readonly place: string;
  readonly code: number;
  /** Of how many answers, from the first on; all if absent. */
  readonly times?: number | undefined;
  /** Whether only the first of several items has it. */
  readonly firstOnly?: boolean;
}

/** The highest version that the broker says it has of an API; null for none at all. */
export type RiggedVersions = Readonly<Record<string, number | null>>;

type Items = Record<string, unknown>;

/** The places of a response that have an error code in this version. */
export function errorPlaces({ response }: Api, version: number): string[] {
  return placesIn(response.fields, version, '');
}

function placesIn(fields: Fields, version: number, prefix: string): string[] {
  return Object.entries(fields).flatMap(([name, { spec }]) => {
    if (version < spec.since || version > spec.until) return [];
    if (/^(error|.*ErrorCode$)/.test(name) && spec.type === 'int16') return [`${prefix}${name}`];
    const inner = spec.element?.fields;
    return inner === undefined ? [] : placesIn(inner, version, `${prefix}${name}.`);
  });
}

/** @returns how many error codes were set */
function setError(items: Items, [name = '', ...rest]: readonly string[], code: number, firstOnly: boolean): number {
  if (rest.length === 0) {
    items[name] = code;
    return 1;
  }
  let set = 0;
  for (const item of (items[name] as Items[] | null) ?? []) {
    set += setError(item, rest, code, firstOnly);
    if (firstOnly && set > 0) break;
  }
  return set;
}

export class RiggedBroker {
  readonly broker: Broker;
  /** Of the broker itself, which always tells the truth. */
  readonly port: number;
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  #error: RiggedError | undefined;
  #versions: RiggedVersions = {};
  /** How many answers have been changed. */
  hits = 0;
  /** The requests seen, as `Metadata 13`. */
  readonly requests: string[] = [];

  private constructor(broker: Broker, port: number, server: net.Server) {
    this.port = port;
    this.broker = broker;
    this.#server = server;
    server.on('connection', (socket) => this.#connect(socket));
  }

  /** A broker in memory; closed with {@link close}. */
  static async start(overrides: Readonly<Record<string, string>> = {}): Promise<RiggedBroker> {
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const advertised = `PLAINTEXT://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const port = await freePort();
    const broker = await startBroker({
      port,
      clusterId: 'AAAAAAAAAAAAAAAAAAAAAQ',
      overrides: { 'advertised.listeners': advertised, ...overrides },
    });
    return new RiggedBroker(broker, port, server);
  }

  /** Where clients are to go. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What is answered otherwise from now on; nothing without a word. */
  rig({
    error,
    versions = {},
  }: {
    readonly error?: RiggedError | undefined;
    readonly versions?: RiggedVersions;
  }): void {
    this.#error = error;
    this.#versions = versions;
    this.hits = 0;
    this.requests.length = 0;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await this.broker.close();
  }

  #connect(client: net.Socket): void {
    const upstream = net.connect(this.port, '127.0.0.1');
    const asked = new Map<number, { api: Api; version: number }>();
    const pairs = [
      [client, upstream],
      [upstream, client],
    ] as const;
    for (const [one, other] of pairs) {
      this.#sockets.add(one);
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
    const requests = new FrameReader((frame) => {
      const [key, version, id] = [frame.readInt16BE(0), frame.readInt16BE(2), frame.readInt32BE(4)];
      const api = apiByKey(key);
      if (api) asked.set(id, { api, version });
      this.requests.push(`${api?.name ?? key} ${version}`);
      upstream.write(framed(frame));
    });
    const answers = new FrameReader((frame) => {
      const id = frame.readInt32BE(0);
      const { api, version } = asked.get(id)!;
      asked.delete(id);
      for (const buffer of this.#answer(api, version, id, frame)) client.write(buffer);
    });
    client.on('data', (chunk: Buffer) => requests.push(chunk));
    upstream.on('data', (chunk: Buffer) => answers.push(chunk));
  }

  #answer(api: Api, version: number, id: number, frame: Buffer): readonly Buffer[] {
    const error =
      this.#error?.api === api.name && this.hits < (this.#error.times ?? Infinity) ? this.#error : undefined;
    const ranges = api.key === ApiVersions.key && Object.keys(this.#versions).length > 0;
    if (!error && !ranges) return [framed(frame)];
    const { body } = decodeResponse(api, version, frame);
    if (error && setError(body as Items, error.place.split('.'), error.code, error.firstOnly ?? false) > 0) this.hits++;
    return encodeResponse(
      api,
      version,
      id,
      (ranges ? this.#capped(body as unknown as ApiVersionsResponse) : body) as never,
    );
  }

  #capped(response: ApiVersionsResponse): ApiVersionsResponse {
    const apiKeys = response.apiKeys.flatMap((range) => {
      const cap = this.#versions[apiByKey(range.apiKey)?.name ?? ''];
      if (cap === null) return [];
      return cap === undefined ? range : { ...range, maxVersion: Math.min(cap, range.maxVersion) };
    });
    return { ...response, apiKeys };
  }
}

/** A broker whose answers can be changed, closed when the test is over. */
export async function startRiggedBroker(overrides: Readonly<Record<string, string>> = {}): Promise<RiggedBroker> {
  const rigged = await RiggedBroker.start(overrides);
  onTestFinished(() => rigged.close());
  return rigged;
}
