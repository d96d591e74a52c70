// What scripts read in a server.properties: where a node keeps its data, and where its controller listens.

export type ServerProperties = Readonly<Record<string, string>>;

/** A list as Kafka splits it: the parts between commas without the blanks around them, empty ones left out. */
export const splitList = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** `log.dirs`, or `log.dir`, which has a default. */
export const logDirsOf = (properties: ServerProperties): string[] =>
  splitList(properties['log.dirs'] ?? properties['log.dir'] ?? '/tmp/kafka-logs');

/** Where a controller is reached. */
export interface ControllerEndpoint {
  /** Of the listener. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

/** `NAME://host:port`. */
export const endpointText = ({ name, host, port }: ControllerEndpoint): string =>
  `${name}://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** The listeners of a list by their names; a later list may override them (advertised.listeners). */
export function endpointsByName(...lists: readonly (string | undefined)[]): Map<string, ControllerEndpoint> {
  const found = new Map<string, ControllerEndpoint>();
  for (const entry of lists.flatMap(splitList)) {
    const [, name, bracketed, plain, port] = /^([^:]*):\/\/(?:\[(.*)\]|([^[\]]*)):(-?\d+)$/.exec(entry) ?? [];
    if (name === undefined) throw new Error(`Unable to parse ${entry} to a broker endpoint`);
    found.set(name.toUpperCase(), { name: name.toUpperCase(), host: bracketed ?? plain ?? '', port: Number(port) });
  }
  return found;
}
