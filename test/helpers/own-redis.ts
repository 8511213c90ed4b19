import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createClient } from '@redis/client';
import { freePort } from '../../src/embedded/free-port.ts';
import { until } from './until.ts';

/** A Redis for one test alone, which can be stopped and restarted, empty, at the same address. */
export class OwnRedis {
  readonly port: number;
  #server: ChildProcess | undefined;

  private constructor(port: number) {
    this.port = port;
  }

  /** Not started yet. */
  static async create(): Promise<OwnRedis> {
    return new OwnRedis(await freePort());
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.#server = spawn('redis-server', args, { stdio: 'ignore' });
    await until('Redis answers', () => answers(this.url));
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }

  /** One command, as an operator sends it. */
  async command(...words: string[]): Promise<unknown> {
    const client = await createClient({ url: this.url, socket: { reconnectStrategy: false } })
      .on('error', () => undefined)
      .connect();
    try {
      return await client.sendCommand(words);
    } finally {
      client.destroy();
    }
  }
}

async function answers(url: string): Promise<boolean> {
  const client = createClient({ url, socket: { reconnectStrategy: false } }).on('error', () => undefined);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false; // not yet
  } finally {
    if (client.isOpen) client.destroy();
  }
}
