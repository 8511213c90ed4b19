import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root } from 'type-graphql';
import { PipelineStage, valuesOf } from '../../entities/enums.ts';
import type { Scene } from '../../entities/scene.ts';
import { AppError } from '../../errors.ts';
import { decodeId, encodeEventId, encodeId } from '../../ids.ts';
import { CaptionFormat } from '../../schema/enums.ts';
import { CreateVideoInput } from '../../schema/videos/create-video.input.ts';
import type { StageRunType } from '../../schema/videos/stage-run.type.ts';
import { UpdateVideoInput } from '../../schema/videos/update-video.input.ts';
import type { SeoType } from '../../schema/videos/video.type.ts';
import { VideoType } from '../../schema/videos/video.type.ts';
import { VideoConnectionType } from '../../schema/videos/video-connection.type.ts';
import { DeleteVideoPayloadType, VideoPayloadType } from '../../schema/videos/video-payloads.type.ts';
import { VideosArgs } from '../../schema/videos/videos.args.ts';
import type { UserView } from '../../services/accounts/user-sql.ts';
import type { StageView, VideoView } from '../../services/videos/video-parts.ts';
import { fileNameOf } from '../../storage/file-name.ts';
import { type Context, signedIn } from '../context.ts';
import { idOf, payload, userErrorsOf } from '../payload.ts';
import { type VideoConnection, videoConnection } from './video-connection.resolver.ts';

const NO_VIDEO = { video: null, warnings: [] };

@Resolver(() => VideoType)
export class VideoResolver {
  @Query(() => VideoType, { nullable: true, description: 'One video. Requires VIDEO_READ; owner.' })
  async video(
    @Arg('id', () => ID) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<VideoView | null> {
    const uuid = decodeId('video', id);
    if (uuid === null) return null;
    return await context.services.videos.find(signedIn(context), uuid, context.lookAhead.ofOne(info));
  }

  @Query(() => VideoConnectionType, {
    nullable: true,
    description:
      'Videos of the caller, newest first; 1 to 100 a page, 20 by default. Requires VIDEO_READ; an ADMIN may ask for those of another owner or, with allOwners, for all.',
  })
  videos(
    @Args(() => VideosArgs) args: VideosArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<VideoConnection | null> | null {
    const { ownerId, allOwners } = args;
    if (ownerId != null && allOwners)
      throw new AppError('INVALID_INPUT', 'Give ownerId for the videos of one user or allOwners for all, not both.');
    const parts = context.lookAhead.ofList(info);
    if (ownerId == null) return videoConnection(context, args, { allOwners }, parts);
    const uuid = decodeId('user', ownerId);
    return uuid === null ? null : videoConnection(context, args, { ownerId: uuid, allOwners }, parts);
  }

  @Mutation(() => VideoPayloadType, {
    nullable: true,
    description:
      'Accepts a video and answers at once; it is made in the background. The same idempotencyKey and input return the same video again, another input IDEMPOTENCY_MISMATCH. Requires VIDEO_CREATE.',
  })
  createVideo(
    @Arg('input', () => CreateVideoInput) input: CreateVideoInput,
    @Arg('idempotencyKey', () => String, { nullable: true }) idempotencyKey: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const { videos } = context.services;
    return payload(NO_VIDEO, async () => ({
      video: await videos.create(signedIn(context), input, idempotencyKey, context),
      warnings: userErrorsOf(videos.warningsOf(input)),
    }));
  }

  @Mutation(() => VideoPayloadType, {
    nullable: true,
    description:
      'Stops a waiting or running video within 5 seconds and releases its reserved quota. Requires VIDEO_UPDATE; owner.',
  })
  cancelVideo(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    const { runs } = context.services;
    return payload(NO_VIDEO, async () => ({
      ...NO_VIDEO,
      video: await runs.cancel(signedIn(context), idOf('video', id)),
    }));
  }

  @Mutation(() => VideoPayloadType, {
    nullable: true,
    description:
      'Runs a failed or canceled video again, from its first unfinished stage or from the stage given; finished stages are neither made nor paid for again. Requires VIDEO_UPDATE; owner.',
  })
  retryVideo(
    @Arg('id', () => ID) id: string,
    @Arg('fromStage', () => PipelineStage, { nullable: true }) fromStage: PipelineStage | null | undefined,
    @Arg('idempotencyKey', () => String, { nullable: true }) idempotencyKey: string | null | undefined,
    @Ctx() context: Context,
  ) {
    const { runs } = context.services;
    return payload(NO_VIDEO, async () => ({
      ...NO_VIDEO,
      video: await runs.retry(signedIn(context), idOf('video', id), { fromStage, idempotencyKey, trace: context }),
    }));
  }

  @Mutation(() => VideoPayloadType, {
    nullable: true,
    description: 'Changes the texts of a video. Requires VIDEO_UPDATE; owner.',
  })
  updateVideo(
    @Arg('id', () => ID) id: string,
    @Arg('input', () => UpdateVideoInput) input: UpdateVideoInput,
    @Ctx() context: Context,
  ) {
    const { videos } = context.services;
    return payload(NO_VIDEO, async () => ({
      ...NO_VIDEO,
      video: await videos.update(signedIn(context), idOf('video', id), input),
    }));
  }

  @Mutation(() => VideoPayloadType, {
    nullable: true,
    description:
      'Replaces title, description and tags by those that the analysis suggested. Requires VIDEO_UPDATE; owner.',
  })
  applySuggestions(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    const { videos } = context.services;
    return payload(NO_VIDEO, async () => ({
      ...NO_VIDEO,
      video: await videos.applySuggestions(signedIn(context), idOf('video', id)),
    }));
  }

  @Mutation(() => DeleteVideoPayloadType, {
    nullable: true,
    description:
      'Deletes a video: invisible at once for everyone; its files and rows are deleted within a day. Requires VIDEO_DELETE; owner.',
  })
  deleteVideo(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return payload({ deletedId: null }, async () => {
      await context.services.videos.remove(signedIn(context), idOf('video', id));
      return { deletedId: id };
    });
  }

  @FieldResolver()
  id(@Root() video: VideoView): string {
    return encodeId('video', video.id);
  }

  @FieldResolver()
  owner(
    @Root() { ownerId, ownerName }: VideoView,
    @Ctx() { loaders }: Context,
  ): UserView | Promise<UserView | null> | null {
    if (ownerId === undefined) return null;
    return ownerName === undefined ? loaders.users.load(ownerId) : { id: ownerId, username: ownerName };
  }

  @FieldResolver()
  async etaSeconds(@Root() { id, status, etaSeconds }: VideoView, @Ctx() { loaders }: Context): Promise<number | null> {
    if (status !== 'PENDING') return etaSeconds ?? null;
    return (await loaders.waiting.load(id))?.etaSeconds ?? null;
  }

  @FieldResolver()
  async queuePosition(@Root() { id, status }: VideoView, @Ctx() { loaders }: Context): Promise<number | null> {
    return status === 'PENDING' ? ((await loaders.waiting.load(id))?.position ?? null) : null;
  }

  @FieldResolver()
  topic(@Root() { source }: VideoView): string | null {
    return source?.kind === 'topic' ? source.text : null;
  }

  @FieldResolver()
  lastEventId(@Root() { ownerId, lastEventSeq }: VideoView): string | null {
    return lastEventSeq == null || ownerId === undefined ? null : encodeEventId({ ownerId, seq: lastEventSeq });
  }

  @FieldResolver()
  async stages(@Root() video: VideoView, @Ctx() { loaders, services }: Context): Promise<(StageView | StageRunType)[]> {
    const rows = video.stages ?? (await loaders.stages.load(video.id));
    const maxAttempts = services.stageAttempts;
    return valuesOf(PipelineStage).map((stage) => {
      const row = rows.find((one) => one.stage === stage) ?? notBegun(stage);
      // The maximum number of attempts is stored when a stage begins.
      return row.attempt === 0 ? { ...row, maxAttempts } : row;
    });
  }

  @FieldResolver()
  scenes(@Root() video: VideoView, @Ctx() { loaders }: Context): readonly Scene[] | Promise<readonly Scene[]> {
    return video.scenes ?? loaders.scenes.load(video.id);
  }

  @FieldResolver()
  fileUrl(
    @Root() { completedAt, fileKey, title }: VideoView,
    @Arg('download', () => Boolean, {
      defaultValue: false,
      description: 'Makes browsers save the film instead of playing it.',
    })
    download: boolean,
    @Ctx() { services }: Context,
  ): string | null {
    // The film of a finished run stays available while the next run is in progress.
    if (!completedAt || !fileKey) return null;
    const name = fileNameOf(title ?? '', fileKey);
    return services.links.url(fileKey, download ? { download: name } : { name });
  }

  @FieldResolver()
  format(@Root() { fileKey }: VideoView): string | null {
    return fileKey ? 'mp4' : null;
  }

  @FieldResolver()
  thumbnailUrl(@Root() { thumbnailKey }: VideoView, @Ctx() { services }: Context): string | null {
    return thumbnailKey ? services.links.url(thumbnailKey) : null;
  }

  @FieldResolver()
  captions(
    @Root() { captions }: VideoView,
    @Arg('format', () => CaptionFormat, { defaultValue: CaptionFormat.VTT }) format: CaptionFormat,
  ): string | null {
    return captions ? { SRT: captions.srt, VTT: captions.vtt, ASS: captions.ass }[format] : null;
  }

  @FieldResolver()
  seo(@Root() { seoTitle, seoDescription, seoKeywords }: VideoView): SeoType {
    return { title: seoTitle ?? null, description: seoDescription ?? null, keywords: seoKeywords ?? [] };
  }
}

function notBegun(stage: PipelineStage): StageRunType {
  const nothing = { nextAttemptAt: null, startedAt: null, completedAt: null };
  const noFault = { provider: null, errorCode: null, errorMessage: null };
  return { stage, status: 'PENDING', progress: 0, attempt: 0, maxAttempts: 1, ...nothing, ...noFault };
}
