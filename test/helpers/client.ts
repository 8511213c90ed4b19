import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { createClient as createStreamClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import {
  CreateVideoDocument,
  type CreateVideoMutationVariables,
  LoginDocument,
} from '../../src/cli/generated/documents.ts';
import { Watch } from './subscription-watch.ts';

export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly traceId: string };
}

export interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly AnswerError[];
}

/** The errors with which the server answered. */
export class AnswerErrors extends Error {
  readonly errors: readonly AnswerError[];

  constructor(errors: readonly AnswerError[]) {
    super(errors.map(({ message, extensions }) => `${extensions?.code}: ${message}`).join('\n'));
    this.errors = errors;
  }

  get codes(): string[] {
    return this.errors.map(({ extensions }) => extensions.code);
  }
}

export type Transport = 'socket' | 'stream';

/** A client program: typed documents over HTTP, WebSocket and server-sent events. */
export class Client {
  readonly url: string;
  /** Its access token; null for a guest. */
  readonly token: string | null;

  /** Without a token it is a guest. */
  constructor(url: string, token: string | null) {
    this.url = url;
    this.token = token;
  }

  static async signIn(url: string, identifier: string, password: string): Promise<Client> {
    const { login } = await new Client(url, null).ask(LoginDocument, { input: { identifier, password } });
    if (!login?.tokens) throw new Error(`${identifier} could not sign in: ${JSON.stringify(login?.userErrors)}`);
    return new Client(url, login.tokens.accessToken);
  }

  /** The same user at another server. */
  at(url: string): Client {
    return new Client(url, this.token);
  }

  async send<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Answer<Data>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.#headers() },
      body: JSON.stringify({ query: print(document), variables }),
    });
    return JSON.parse(await response.text());
  }

  /** Throws AnswerErrors where there are any. */
  async ask<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data> {
    const { data, errors } = await this.send(document, variables);
    if (errors || !data) throw new AnswerErrors(errors ?? []);
    return data;
  }

  /** The new video, with the cursor of its first event. Throws where there are userErrors. */
  async makeVideo(
    input: CreateVideoMutationVariables['input'],
  ): Promise<{ readonly id: string; readonly cursor: string }> {
    const { createVideo } = await this.ask(CreateVideoDocument, { input });
    const { video, userErrors } = createVideo ?? {};
    if (!video?.lastEventId) throw new Error(`Not accepted: ${JSON.stringify(userErrors)}`);
    return { id: video.id, cursor: video.lastEventId };
  }

  /** Each watch has its own connection, which does not reconnect when it breaks. */
  watch<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    transport: Transport = 'socket',
  ): Watch<Data> {
    const query = print(document);
    return transport === 'socket'
      ? this.#watchSocket<Data>(query, variables)
      : this.#watchStream<Data>(query, variables);
  }

  #watchSocket<Data>(query: string, variables: Record<string, unknown>): Watch<Data> {
    let socket: WebSocket | undefined;
    const client = createSocketClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: this.#headers(),
      retryAttempts: 0,
      on: {
        opened: (opened) => {
          if (opened instanceof WebSocket) socket = opened;
        },
      },
    });
    const watch = new Watch<Data>({ leave: () => void client.dispose(), cut: () => socket?.terminate() });
    client.subscribe<Data>({ query, variables }, sinkOf(watch));
    return watch;
  }

  #watchStream<Data>(query: string, variables: Record<string, unknown>): Watch<Data> {
    const client = createStreamClient({
      url: `${this.url}/graphql/stream`,
      headers: this.#headers(),
      retryAttempts: 0,
    });
    const watch = new Watch<Data>({ leave: () => client.dispose(), cut: () => client.dispose() });
    client.subscribe<Data>({ query, variables }, sinkOf(watch));
    return watch;
  }

  #headers(): Record<string, string> {
    return this.token === null ? {} : { authorization: `Bearer ${this.token}` };
  }
}

function sinkOf<Data>(watch: Watch<Data>) {
  return {
    next: ({ data, errors }: { data?: Data | null | undefined; errors?: readonly unknown[] | undefined }) => {
      if (errors) watch.finish(new AnswerErrors(answerErrors(errors)));
      else if (data) watch.push(data);
    },
    error: (thrown: unknown) =>
      watch.finish(Array.isArray(thrown) ? new AnswerErrors(answerErrors(thrown)) : asError(thrown)),
    complete: () => watch.finish('completed'),
  };
}

/** As plain data, as received. */
function answerErrors(errors: readonly unknown[]): readonly AnswerError[] {
  return JSON.parse(JSON.stringify(errors));
}

/** A broken WebSocket is reported as a close event. */
function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : thrown;
  return new Error(`The connection was closed: ${String(code)}.`);
}
