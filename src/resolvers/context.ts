import { notSignedIn } from '../auth/auth-error.ts';
import type { RequestFacts } from '../auth/request-facts.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { SignedInActor } from '../services/audit/actor.ts';
import { Loaders } from './loaders.ts';
import { VideoLookAhead } from './look-ahead/video-look-ahead.ts';
import type { Services } from './services.ts';

/** What every resolver gets. */
export interface Context extends RequestFacts {
  readonly services: Services;
  readonly loaders: Loaders;
  readonly lookAhead: VideoLookAhead;
  /** By user id: the users who signed in within this operation, each with a context in which they are the viewer. */
  readonly signIns: Map<string, Context>;
}

/** Returns a function that creates one context for each operation, and for each event of a subscription. */
export function createContext({ services }: { readonly services: Services }): (request: RequestFacts) => Context {
  const lookAhead = new VideoLookAhead();
  return ({ viewer, traceId, spanId, parentSpanId, device, lastEventId }) => ({
    viewer,
    traceId,
    spanId,
    parentSpanId,
    device,
    lastEventId,
    services,
    loaders: new Loaders(services, viewer),
    lookAhead,
    signIns: new Map(),
  });
}

/**
 * Records that this user has signed in within the operation: their private fields are shown in its answer. The caller of the
 * operation's other root fields stays the same.
 */
export function recordSignIn(context: Context, viewer: Viewer): void {
  context.signIns.set(viewer.userId, { ...context, viewer, loaders: new Loaders(context.services, viewer) });
}

/** The context to read private fields of this user with; null where the caller may not see them. */
export function privateContext(userId: string, context: Context): Context | null {
  const { viewer, signIns } = context;
  if (viewer?.permissions.has('ADMIN_USER_MANAGE')) return context;
  // An API key reads its owner's private fields only where it was given that permission.
  const isOwn = viewer?.userId === userId && (viewer.apiKeyId === undefined || viewer.permissions.has('USER_READ'));
  return isOwn ? context : (signIns.get(userId) ?? null);
}

/** The viewer of a field that guests may not call. Throws UNAUTHENTICATED for a guest. */
export function signedIn({ viewer }: Context): Viewer {
  if (!viewer) throw notSignedIn();
  return viewer;
}

/** The signed-in caller as the audit log records them. Throws UNAUTHENTICATED for a guest. */
export function actorOf(context: Context): SignedInActor {
  return { viewer: signedIn(context), ipAddress: context.device.ipAddress };
}
