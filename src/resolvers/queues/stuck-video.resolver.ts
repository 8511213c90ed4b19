import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { AppError } from '../../errors.ts';
import { decodeId } from '../../ids.ts';
import { RecoverStuckVideosPayloadType, StuckVideoType } from '../../schema/queues/stuck-video.type.ts';
import type { StuckVideo } from '../../services/queues/stuck-videos-sql.ts';
import type { UserFault } from '../../services/user-fault.ts';
import { ALL_COLUMNS, type VideoView } from '../../services/videos/video-parts.ts';
import { actorOf, type Context } from '../context.ts';
import { payload, userErrorsOf } from '../payload.ts';

const NOTHING = { recovered: [], wouldRecover: [] };

@Resolver(() => StuckVideoType)
export class StuckVideoResolver {
  @Query(() => [StuckVideoType], {
    nullable: true,
    description:
      'Videos without progress for longer than olderThanSeconds, the longest first. Requires ADMIN_ANALYTICS_VIEW.',
  })
  async stuckVideos(
    @Arg('olderThanSeconds', () => Int, { defaultValue: 1_800 }) olderThanSeconds: number,
    @Ctx() { services }: Context,
  ): Promise<StuckVideo[]> {
    if (olderThanSeconds < 0) throw new AppError('INVALID_INPUT', 'olderThanSeconds must not be negative.');
    return await services.recovery.stuck(olderThanSeconds);
  }

  @Mutation(() => RecoverStuckVideosPayloadType, {
    nullable: true,
    description:
      'Takes videos without progress for longer than olderThanSeconds from their workers and gives them to others; finished stages stay. Limited to videoIds where given; with dryRun it only lists them. Requires ADMIN_SYSTEM_CONFIG.',
  })
  recoverStuckVideos(
    @Arg('olderThanSeconds', () => Int, { defaultValue: 3_600 }) olderThanSeconds: number,
    @Arg('videoIds', () => [ID], { nullable: true }) videoIds: string[] | null | undefined,
    @Arg('dryRun', () => Boolean, { defaultValue: false }) dryRun: boolean,
    @Ctx() context: Context,
  ) {
    const { services, loaders } = context;
    const actor = actorOf(context);
    return payload({ ...NOTHING }, async () => {
      const wanted = videoIds?.map((id) => decodeId('video', id));
      const only = wanted?.filter((id) => id !== null);
      const found = await services.recovery.recover(actor, { olderThanSeconds, videoIds: only, dryRun });
      const videos = await Promise.all(found.map(({ videoId }) => loaders.videos(ALL_COLUMNS).load(videoId)));
      const seen = videos.filter((video) => video !== null);
      const faults = wanted ? faultsOf(wanted, new Set(found.map(({ videoId }) => videoId))) : [];
      return { ...NOTHING, [dryRun ? 'wouldRecover' : 'recovered']: seen, userErrors: userErrorsOf(faults) };
    });
  }

  @FieldResolver()
  async video(
    @Root() { videoId }: StuckVideo,
    @Ctx() { loaders, lookAhead }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<VideoView | null> {
    return await loaders.videos(lookAhead.ofOne(info)).load(videoId);
  }
}

/** One error for each given id that is not stuck; an error of one id does not affect the others. */
function faultsOf(wanted: readonly (string | null)[], found: ReadonlySet<string>): UserFault[] {
  return wanted.flatMap((id, index) => {
    const field = ['videoIds', String(index)];
    if (id === null) return { code: 'NOT_FOUND', message: 'There is no such video.', field };
    if (found.has(id)) return [];
    return { code: 'INVALID_STATE', message: 'There is no such video, or it has made progress more recently.', field };
  });
}
