import type { Socket } from 'node:net';
import { bearerOf } from '../authentication.ts';

/**
 * The token that each connection sent last. A text is looked up slowest the first time, when its hash is calculated; a connection sends the
 * same token again and again, and to compare it with the last one is faster.
 */
export class ConnectionTokens {
  readonly #last = new WeakMap<Socket, { readonly authorization: string; readonly token: string }>();

  /** The token of an Authorization header that came on a connection. */
  tokenOf(authorization: string, socket: Socket): string {
    const last = this.#last.get(socket);
    if (last?.authorization === authorization) return last.token;
    const token = bearerOf(authorization);
    this.#last.set(socket, { authorization, token });
    return token;
  }
}
