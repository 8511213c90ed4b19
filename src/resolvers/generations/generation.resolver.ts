import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { AttemptState, GenerationStatus } from '../../entities/enums.ts';
import { encodeId } from '../../ids.ts';
import { AiGenerationType, GenerationAttemptType } from '../../schema/generations/generation.type.ts';
import { GenerationConnectionType } from '../../schema/generations/generation-connection.type.ts';
import { GenerationsArgs } from '../../schema/generations/generations.args.ts';
import type { AttemptView, GenerationView } from '../../services/generations/generation-reads-sql.ts';
import { type Context, signedIn } from '../context.ts';
import { type GenerationConnection, generationConnection } from './generation-connection.ts';

@Resolver(() => AiGenerationType)
export class GenerationResolver {
  @Query(() => GenerationConnectionType, {
    nullable: true,
    description:
      'What providers have made for the caller, newest first; 1 to 100 a page, 20 by default. Requires VIDEO_READ; owner.',
  })
  async generations(
    @Args(() => GenerationsArgs) args: GenerationsArgs,
    @Ctx() context: Context,
  ): Promise<GenerationConnection> {
    return await generationConnection(context, args, 'user_id', signedIn(context).userId);
  }

  @FieldResolver()
  id(@Root() generation: GenerationView): string {
    return encodeId('generation', generation.id);
  }

  @FieldResolver()
  resultUrl(@Root() { fileKey }: GenerationView, @Ctx() { services }: Context): string | null {
    return fileKey === null ? null : services.links.url(fileKey);
  }

  @FieldResolver()
  async attempts(@Root() { id }: GenerationView, @Ctx() { loaders }: Context): Promise<readonly AttemptView[]> {
    return await loaders.attempts.load(id);
  }
}

const STATUS_OF: Readonly<Record<AttemptState, GenerationStatus>> = {
  SENT: 'PENDING',
  SETTLED: 'COMPLETED',
  REFUSED: 'FAILED',
  UNCERTAIN: 'UNCERTAIN',
};

@Resolver(() => GenerationAttemptType)
export class GenerationAttemptResolver {
  @FieldResolver()
  status(@Root() { state }: AttemptView): GenerationStatus {
    return STATUS_OF[state];
  }

  @FieldResolver()
  latencyMs(@Root() { latencyMs }: AttemptView): number {
    return latencyMs ?? 0;
  }
}

@Resolver(() => GenerationConnectionType)
export class GenerationConnectionResolver {
  @FieldResolver()
  async totalCount(@Root() connection: GenerationConnection): Promise<number> {
    return await connection.count();
  }
}
