import { isUuid } from '../../util/uuid.ts';
import { JavaException } from '../java-exception.ts';

/** A controller that votes from the beginning: `id@host:port:directory`. */
export interface InitialController {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly directoryId: string;
}

const illegal = (message: string) => new JavaException('java.lang.IllegalArgumentException', message);

/** Reads a list of `id@host:port:directory` (DynamicVoters.parse), by rising id. @throws JavaException with Kafka's text */
export function parseControllers(text: string): InitialController[] {
  const found = new Map<number, InitialController>();
  for (const entry of text
    .trim()
    .split(',')
    .filter((each) => each !== '')) {
    const controller = parseController(entry);
    if (found.has(controller.nodeId)) throw illegal(`Node id ${controller.nodeId} was specified more than once.`);
    found.set(controller.nodeId, controller);
  }
  if (found.size === 0) throw illegal('No voters given.');
  return [...found.values()].sort((a, b) => a.nodeId - b.nodeId);
}

function parseController(entry: string): InitialController {
  const text = entry.trim();
  const at = text.indexOf('@');
  if (at < 0) throw illegal('No @ found in dynamic voter string.');
  if (at === 0) throw illegal('Invalid @ at beginning of dynamic voter string.');
  const nodeId = integer(text.slice(0, at), 'node id');
  if (nodeId < 0) throw illegal(`Invalid negative node id ${nodeId} in dynamic voter string.`);
  const { host, rest } = hostOf(text.slice(at + 1));
  if (!rest.startsWith(':')) throw illegal('Port section must start with a colon.');
  const colon = rest.indexOf(':', 1);
  if (colon < 0) throw illegal('No colon following port could be found.');
  const port = integer(rest.slice(1, colon), 'port');
  if (port < 0 || port > 65535) throw illegal(`Invalid port ${port} in dynamic voter string.`);
  const directoryId = rest.slice(colon + 1);
  if (!isUuid(directoryId)) throw illegal('Failed to parse directory ID in dynamic voter string.');
  return { nodeId, host, port, directoryId };
}

function hostOf(text: string): { host: string; rest: string } {
  if (text === '') throw illegal('No hostname found after node id.');
  if (text.startsWith('[')) {
    const end = text.indexOf(']');
    if (end < 0) throw illegal('Hostname began with left bracket, but no right bracket was found.');
    return { host: wholeAddress(text.slice(1, end)), rest: text.slice(end + 1) };
  }
  const colon = text.indexOf(':');
  if (colon < 0) throw illegal('No colon following hostname could be found.');
  return { host: text.slice(0, colon) || 'localhost', rest: text.slice(colon) };
}

/** An IPv6 address as Java writes it: all eight groups. */
function wholeAddress(host: string): string {
  if (!/^[0-9a-f:]+$/i.test(host) || !host.includes(':')) return host;
  const [front, back] = host.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const missing = back === undefined ? [] : Array.from({ length: 8 - front!.length - back.length }, () => '0');
  return [...front!, ...missing, ...(back ?? [])].map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

function integer(text: string, what: string): number {
  const value = /^[+-]?\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(Math.abs(value) < 2 ** 31)) throw illegal(`Failed to parse ${what} in dynamic voter string.`);
  return value;
}
