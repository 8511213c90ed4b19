import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { encodeId } from '../../ids.ts';
import { OkPayloadType } from '../../schema/accounts/ok-payload.type.ts';
import { SessionType } from '../../schema/accounts/session.type.ts';
import type { SessionView } from '../../services/accounts/session.service.ts';
import { type Context, signedIn } from '../context.ts';
import { idOf, okPayload } from '../payload.ts';

@Resolver(() => SessionType)
export class SessionResolver {
  @Query(() => [SessionType], {
    nullable: true,
    description: 'The devices on which the caller is signed in, the one used last first. Requires authentication.',
  })
  async sessions(@Ctx() context: Context): Promise<SessionView[]> {
    return await context.services.sessions.list(signedIn(context));
  }

  @Mutation(() => OkPayloadType, {
    nullable: true,
    description:
      'Ends a session of the caller: its tokens are refused and its sockets are closed. Requires authentication.',
  })
  revokeSession(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    const { services, device } = context;
    return okPayload(() => services.sessions.revoke(signedIn(context), idOf('session', id), device));
  }

  @FieldResolver()
  id(@Root() session: SessionView): string {
    return encodeId('session', session.id);
  }
}
