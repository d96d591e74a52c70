// One HTTP exchange with an identity provider: small, limited in time and size, no redirects.
import http from 'node:http';
import https from 'node:https';
import type { TlsSetting } from './tls/stores.ts';

export interface HttpRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds for the whole exchange. */
  readonly timeoutMs?: number;
  /** ssl.* settings for https; the system's authorities without. */
  readonly tls?: TlsSetting;
}

export interface HttpResponse {
  readonly status: number;
  readonly body: string;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const MAX_BODY_BYTES = 1024 * 1024;

/** @throws Error that names the address without what a query or user part of it holds */
export async function httpExchange(request: HttpRequest): Promise<HttpResponse> {
  const { url, method = 'GET', headers = {}, body, timeoutMs = DEFAULT_TIMEOUT_MS } = request;
  const place = new URL(url);
  const shown = `${place.origin}${place.pathname}`;
  const options = { method, headers: { ...headers, ...lengthOf(body) }, signal: AbortSignal.timeout(timeoutMs) };
  const begun =
    place.protocol === 'https:'
      ? https.request(place, { ...options, ...(await contextFor(request.tls)) })
      : http.request(place, options);
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => {
      const reason = error.name === 'TimeoutError' ? `no answer within ${timeoutMs} ms` : error.message;
      reject(new Error(`${shown}: ${reason || (error as NodeJS.ErrnoException).code}`));
    };
    begun.on('error', failed);
    begun.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('error', failed);
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
        if (bytes > MAX_BODY_BYTES) begun.destroy(new Error(`the answer is longer than ${MAX_BODY_BYTES} bytes`));
      });
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    begun.end(body);
  });
}

function lengthOf(body: string | undefined): Record<string, string> {
  return body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
}

async function contextFor(tls: TlsSetting | undefined): Promise<https.RequestOptions> {
  if (tls === undefined) return {};
  const { tlsMaterial } = await import('./tls/context.ts');
  return tlsMaterial(tls).options;
}
