import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { Kind, print } from 'graphql';
import { z } from 'zod';
import { AppError } from '../../../errors.ts';

const graphqlError = z.object({
  message: z.string(),
  extensions: z.object({ code: z.string(), traceId: z.string() }).partial().optional(),
});
export type ApiFault = z.infer<typeof graphqlError>;

/** Errors as GraphQL lists them, in a response or alone in an error message of a socket. */
export const graphqlErrors = z.array(graphqlError);
const answer = z.object({ data: z.record(z.string(), z.unknown()).nullish(), errors: graphqlErrors.optional() });

/** A running server, over HTTP. `signal` aborts all requests. */
export class Api {
  /** Without a trailing slash, e.g. "http://127.0.0.1:8000". */
  readonly url: string;
  readonly signal: AbortSignal;

  /** Throws INVALID_INPUT for an invalid address. */
  constructor(url: string, signal: AbortSignal) {
    this.url = addressOf(url);
    this.signal = signal;
  }

  get socketUrl(): string {
    return `${this.url.replace(/^http/, 'ws')}/graphql`;
  }

  /** Throws API_UNREACHABLE, API_UNAUTHENTICATED, or API_REFUSED with the server's own sentence. */
  async ask<Result, Variables>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
    token?: string,
  ): Promise<Result> {
    const { data, errors } = await this.#post(JSON.stringify({ query: print(document), variables }), token);
    if (errors && errors.length > 0) throw refusalOf(errors);
    if (!hasAllFields(document, data)) throw this.#notAutoVideo();
    return data;
  }

  async #post(body: string, token: string | undefined): Promise<z.infer<typeof answer>> {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const headers = { 'content-type': 'application/json', accept: 'application/json', ...authorization };
    const response = await this.#reach(`${this.url}/graphql`, { method: 'POST', headers, body });
    const parsed = answer.safeParse(await response.json().catch(() => null));
    if (!parsed.success) throw this.#notAutoVideo();
    return parsed.data;
  }

  async #reach(address: string, request: RequestInit): Promise<Response> {
    try {
      return await fetch(address, { ...request, signal: this.signal });
    } catch (cause) {
      this.signal.throwIfAborted();
      throw unreachable(this.url, cause);
    }
  }

  #notAutoVideo(): AppError {
    return new AppError('API_REFUSED', `The server at ${this.url} is not an Auto Video server: check the address.`);
  }
}

export function unreachable(url: string, cause?: unknown): AppError {
  const message = `No server answers at ${url}: is it running, and is the address right?`;
  return new AppError('API_UNREACHABLE', message, { cause, retriable: true });
}

/** Only the first error is reported: the others mostly follow from it. */
export function refusalOf([first]: readonly ApiFault[]): AppError {
  const { message = 'The server gave no reason.', extensions } = first ?? {};
  if (extensions?.code === 'UNAUTHENTICATED') return new AppError('API_UNAUTHENTICATED', message);
  const trace = extensions?.code === 'INTERNAL_SERVER_ERROR' ? ` Its log has more under ${extensions.traceId}.` : '';
  return new AppError('API_REFUSED', `The server refused: ${message}${trace}`);
}

function addressOf(text: string): string {
  const parsed = z.url({ protocol: /^https?$/ }).safeParse(text);
  if (!parsed.success)
    throw new AppError('INVALID_INPUT', `"${text}" is not a server address: use one such as http://127.0.0.1:8000.`);
  const [address = ''] = parsed.data.split(/[?#]/, 1);
  return address.replace(/\/{1,9}$/, '').replace(/\/graphi?ql$/, '');
}

/** True if all requested root fields are present; the server's own schema guarantees the fields inside them. */
function hasAllFields<Result, Variables>(
  document: TypedDocumentNode<Result, Variables>,
  data: unknown,
): data is Result & Record<string, unknown> {
  if (typeof data !== 'object' || data === null) return false;
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const fields = operation?.selectionSet.selections ?? [];
  return fields.every((field) => field.kind !== Kind.FIELD || (field.alias ?? field.name).value in data);
}
