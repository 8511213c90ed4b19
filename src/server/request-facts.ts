import type { FastifyRequest } from 'fastify';
import type { SignedIn } from './authentication.ts';
import type { RequestFacts } from './ports.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null for a guest, and on routes that ask nobody who they are. */
    signedIn: SignedIn | null;
  }
  interface FastifyContextConfig {
    /** True for routes on which the Authorization header says who is asking. */
    signsIn?: boolean;
    /** True for routes that answer also while the server is closing. */
    answersWhileClosing?: boolean;
  }
}

/** The id of a request is its trace id. */
export function factsOf(request: FastifyRequest): RequestFacts {
  return {
    viewer: request.signedIn?.viewer ?? null,
    traceId: request.id,
    device: { ipAddress: request.ip, userAgent: request.headers['user-agent'] ?? null },
  };
}
