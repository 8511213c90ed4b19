import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { encodeId } from '../../ids.ts';
import { ApiKeyType, CreateApiKeyInput, CreateApiKeyPayloadType } from '../../schema/accounts/api-key.type.ts';
import { OkPayloadType } from '../../schema/accounts/ok-payload.type.ts';
import type { ApiKeyView } from '../../services/accounts/api-keys/api-key.service.ts';
import { actorOf, type Context, signedIn } from '../context.ts';
import { idOf, okPayload, payload } from '../payload.ts';

@Resolver(() => ApiKeyType)
export class ApiKeyResolver {
  @FieldResolver()
  id(@Root() key: ApiKeyView): string {
    return encodeId('key', key.id);
  }

  @Query(() => [ApiKeyType], {
    nullable: true,
    description:
      'The API keys of the caller, newest first, revoked and expired ones included. Requires authentication by a person, not by an API key; own.',
  })
  async apiKeys(@Ctx() context: Context): Promise<ApiKeyView[]> {
    return await context.services.apiKeys.list(signedIn(context));
  }

  @Mutation(() => CreateApiKeyPayloadType, {
    nullable: true,
    description:
      'Makes an API key, never with more permissions than the caller has. Requires authentication by a person, not by an API key.',
  })
  createApiKey(@Arg('input', () => CreateApiKeyInput) input: CreateApiKeyInput, @Ctx() context: Context) {
    return payload({ apiKey: null, secret: null }, () => context.services.apiKeys.create(actorOf(context), input));
  }

  @Mutation(() => OkPayloadType, {
    nullable: true,
    description:
      'Ends an API key at once, its open connections included. Requires authentication by a person, not by an API key; own.',
  })
  revokeApiKey(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return okPayload(() => context.services.apiKeys.revoke(actorOf(context), idOf('key', id)));
  }
}
