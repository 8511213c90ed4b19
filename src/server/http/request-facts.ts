import type { FastifyRequest } from 'fastify';
import type { OperationTypeNode } from 'graphql';
import type { RequestFacts } from '../../auth/request-facts.ts';
import { type Viewer, withoutLastChange } from '../../auth/viewer.ts';
import type { AuthenticatedCaller, Caller } from '../authentication.ts';
import { spanWithin } from '../trace-id.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** A guest on routes that do not look at the Authorization header. */
    caller: Caller;
    /** See `clientAddressBehind`. */
    clientAddress: string | null;
  }
  interface FastifyContextConfig {
    /** True for routes on which the Authorization header says who is asking. */
    signsIn?: boolean;
    /** True for routes that pages of other origins may call, see `Cors`. */
    crossOrigin?: boolean;
    /** True for routes that answer also while the server is closing. */
    answersWhileClosing?: boolean;
  }
}

/** For an operation of this type, where it is known. The id of a request is its trace id. */
export function factsOf(request: FastifyRequest, type?: OperationTypeNode): RequestFacts {
  return {
    viewer: viewerFor(type, request.caller.signedIn),
    traceId: request.id,
    ...spanWithin(request.headers['traceparent']),
    device: { ipAddress: request.clientAddress, userAgent: request.headers['user-agent'] ?? null },
  };
}

/** What is answered after a change has to show it, and the viewer was looked up before. */
export function viewerFor(type: OperationTypeNode | undefined, signedIn: AuthenticatedCaller | null): Viewer | null {
  const viewer = signedIn?.viewer ?? null;
  return viewer && type !== 'query' ? withoutLastChange(viewer) : viewer;
}
