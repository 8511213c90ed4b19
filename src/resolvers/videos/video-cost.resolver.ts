import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { GenerationConnectionType } from '../../schema/generations/generation-connection.type.ts';
import { GenerationsArgs } from '../../schema/generations/generations.args.ts';
import type { CostType } from '../../schema/videos/cost.type.ts';
import { StageAttemptType } from '../../schema/videos/stage-attempt.type.ts';
import { VideoType } from '../../schema/videos/video.type.ts';
import type { VideoView } from '../../services/videos/video-parts.ts';
import type { ProcessingAttemptView } from '../../services/videos/video-reads-sql.ts';
import type { Context } from '../context.ts';
import { type GenerationConnection, generationConnection } from '../generations/generation-connection.ts';

/** What workers and providers have done for a video, and what that cost. */
@Resolver(() => VideoType)
export class VideoCostResolver {
  @FieldResolver()
  async cost(@Root() { id }: VideoView, @Ctx() { loaders }: Context): Promise<CostType> {
    const { reserved, spent, limit } = await loaders.costs.load(id);
    return { estimated: null, reserved, spent, limit, currency: 'USD' };
  }

  @FieldResolver(() => [StageAttemptType], {
    description:
      'Each attempt of a worker at one of its stages, of all its runs, the oldest first; the last hundred. Kept as long as the video.',
  })
  async processingHistory(
    @Root() { id }: VideoView,
    @Ctx() { loaders }: Context,
  ): Promise<readonly ProcessingAttemptView[]> {
    return await loaders.processingHistory.load(id);
  }

  @FieldResolver(() => GenerationConnectionType, {
    description: 'What providers have made for it, newest first; 1 to 100 a page, 20 by default.',
  })
  async generations(
    @Root() { id }: VideoView,
    @Args(() => GenerationsArgs) args: GenerationsArgs,
    @Ctx() context: Context,
  ): Promise<GenerationConnection> {
    return await generationConnection(context, args, 'video_id', id);
  }
}
