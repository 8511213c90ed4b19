import { once } from 'node:events';
import { WebSocket } from 'ws';
import { until } from './harness.ts';

export interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

/** A plain WebSocket to which tests send graphql-transport-ws messages, so that they see every frame and close code. */
export class SocketClient {
  readonly socket: WebSocket;
  readonly messages: Message[] = [];
  closed: { code: number; reason: string; at: number } | undefined;

  static async open(
    url: string,
    protocol = 'graphql-transport-ws',
    headers: Record<string, string> = {},
  ): Promise<SocketClient> {
    const client = new SocketClient(new WebSocket(url, protocol, { headers }));
    await once(client.socket, 'open');
    return client;
  }

  /** Opened and acknowledged. */
  static async connect(url: string, payload?: object): Promise<SocketClient> {
    const client = await SocketClient.open(url);
    client.send({ type: 'connection_init', ...(payload && { payload }) });
    await client.gets('connection_ack');
    return client;
  }

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => this.messages.push(JSON.parse(String(data))));
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason), at: Date.now() };
    });
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables?: object): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
  }

  of(type: string, id?: string): Message[] {
    return this.messages.filter((message) => message.type === type && (id === undefined || message.id === id));
  }

  async gets(type: string, id?: string): Promise<Message> {
    await until(() => this.of(type, id).length > 0);
    const [message] = this.of(type, id);
    if (!message) throw new Error('The message was there a moment ago.');
    return message;
  }

  async closeCode(): Promise<number> {
    await until(() => this.closed !== undefined);
    return this.closed?.code ?? 0;
  }

  async leave(): Promise<void> {
    this.socket.close(1000);
    await this.closeCode();
  }
}
