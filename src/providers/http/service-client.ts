import type { z } from 'zod';
import { AppError, type ExternalService } from '../../errors.ts';
import { type Refusal, type RefusalRules, refusalError, SERVICE_NAMES } from './refusals.ts';
import { type ServiceFetchOptions, serviceFetch } from './service-fetch.ts';

export interface ServiceClientOptions extends ServiceFetchOptions {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** Sent with every request, e.g. the key. */
  readonly headers: Readonly<Record<string, string>>;
  readonly rules?: RefusalRules;
  /** What the rules cannot express: an error, or the refusal as they understand it. */
  readonly refused?: (refusal: Refusal) => AppError | Refusal;
}

export interface ServiceRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Begins with a slash. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: object | string | Uint8Array<ArrayBuffer> | FormData;
  readonly signal: AbortSignal;
}

/** HTTP for a service without an SDK: one request a call. */
export class ServiceClient {
  readonly #options: ServiceClientOptions;
  readonly #fetch: typeof fetch;

  constructor(options: ServiceClientOptions) {
    this.#options = options;
    this.#fetch = serviceFetch(options);
  }

  get service(): ExternalService {
    return this.#options.service;
  }

  /** The successful answer; any other status is an AppError. */
  async send({ method, path, headers, body, signal }: ServiceRequest): Promise<Response> {
    const { service, baseUrl, rules, refused } = this.#options;
    const sent = await encoded(body);
    const response = await this.#fetch(`${baseUrl}${path}`, {
      method,
      headers: { ...this.#options.headers, ...sent.headers, ...headers },
      ...(sent.body === undefined ? {} : { body: sent.body }),
      signal,
    });
    if (response.ok) return response;
    const refusal = {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
    const meant = refused?.(refusal) ?? refusal;
    throw meant instanceof AppError ? meant : refusalError(service, meant, rules);
  }

  /** The answer's JSON in the form that the schema describes. Another form is <SERVICE>_API_ERROR. */
  async json<T>(request: ServiceRequest, schema: z.ZodType<T>): Promise<T> {
    const response = await this.send(request);
    const parsed = schema.safeParse(await response.json().catch(() => undefined));
    if (parsed.success) return parsed.data;
    throw unreadableAnswer(this.service);
  }
}

export function unreadableAnswer(service: ExternalService): AppError {
  return new AppError(`${service}_API_ERROR`, `${SERVICE_NAMES[service]} answered in an unknown form.`);
}

interface EncodedBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
}

async function encoded(body: ServiceRequest['body']): Promise<EncodedBody> {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return { headers: {}, body };
  if (!(body instanceof FormData))
    return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  // Node's fetch reads a form as a stream, and rejects a promise of its own where the request ends while it reads.
  const form = new Response(body);
  const contentType = form.headers.get('content-type') ?? 'multipart/form-data';
  return { headers: { 'content-type': contentType }, body: new Uint8Array(await form.arrayBuffer()) };
}
