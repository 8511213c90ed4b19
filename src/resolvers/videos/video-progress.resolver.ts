import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Info,
  Resolver,
  Root,
  type SubscribeResolverData,
  Subscription,
} from 'type-graphql';
import type { VideoEvent } from '../../entities/video-event.ts';
import { AppError } from '../../errors.ts';
import { decodeId, encodeEventId, encodeId } from '../../ids.ts';
import { VideoProgressArgs } from '../../schema/videos/video-progress.args.ts';
import { VideoProgressEventType } from '../../schema/videos/video-progress-event.type.ts';
import type { VideoView } from '../../services/videos/video-parts.ts';
import { type Context, signedIn } from '../context.ts';
import { resumePoint } from './resume-point.ts';

type Events = AsyncIterable<VideoEvent>;

/** Throws NOT_FOUND for an id of no video that the viewer may see, before any event source is opened. */
async function openVideo({
  args,
  context,
}: SubscribeResolverData<unknown, VideoProgressArgs, Context>): Promise<Events> {
  const videoId = decodeId('video', args.videoId);
  if (videoId === null) throw new AppError('NOT_FOUND', 'There is no such video.');
  return await context.services.feed.watchVideo(
    signedIn(context),
    videoId,
    resumePoint(args.after, context.lastEventId),
  );
}

async function openOwn({
  args,
  context,
}: SubscribeResolverData<unknown, { readonly after?: string | null }, Context>): Promise<Events> {
  return await context.services.feed.watchOwner(signedIn(context), resumePoint(args.after, context.lastEventId));
}

@Resolver(() => VideoProgressEventType)
export class VideoProgressResolver {
  @Subscription(() => VideoProgressEventType, {
    subscribe: openVideo,
    description:
      'The events after `after` (without it, one event with the current state and the newest id), then each new event: none lost, none twice, in order. Ends after COMPLETED, FAILED or CANCELED; for a finished video it sends one event. A cursor that is too old is CURSOR_EXPIRED, one of another owner BAD_USER_INPUT. Requires VIDEO_READ; owner.',
  })
  videoProgress(@Root() event: VideoEvent, @Args(() => VideoProgressArgs) _args: VideoProgressArgs): VideoEvent {
    return event;
  }

  @Subscription(() => VideoProgressEventType, {
    subscribe: openOwn,
    description: 'The same for all videos of the caller under one cursor. Does not end by itself. Requires VIDEO_READ.',
  })
  videoEvents(
    @Root() event: VideoEvent,
    @Arg('after', () => ID, { nullable: true }) _after: string | null | undefined,
  ): VideoEvent {
    return event;
  }

  @FieldResolver()
  id(@Root() { ownerId, seq }: VideoEvent): string {
    return encodeEventId({ ownerId, seq });
  }

  @FieldResolver()
  videoId(@Root() event: VideoEvent): string {
    return encodeId('video', event.videoId);
  }

  @FieldResolver()
  async video(
    @Root() event: VideoEvent,
    @Ctx() { loaders, lookAhead }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<VideoView | null> {
    return await loaders.videos(lookAhead.ofOne(info)).load(event.videoId);
  }
}
