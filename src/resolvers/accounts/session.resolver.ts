import { FieldResolver, Resolver, Root } from 'type-graphql';
import { encodeId } from '../../ids.ts';
import { SessionType } from '../../schema/accounts/session.type.ts';
import type { SessionView } from '../../services/accounts/session.service.ts';

@Resolver(() => SessionType)
export class SessionResolver {
  @FieldResolver()
  id(@Root() session: SessionView): string {
    return encodeId('session', session.id);
  }
}
