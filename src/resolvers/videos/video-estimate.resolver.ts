import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { CreateVideoInput } from '../../schema/videos/create-video.input.ts';
import { VideoEstimateType } from '../../schema/videos/video-estimate.type.ts';
import type { VideoEstimate } from '../../services/videos/estimate.service.ts';
import { type Context, signedIn } from '../context.ts';

@Resolver()
export class VideoEstimateResolver {
  @Query(() => VideoEstimateType, {
    nullable: true,
    description:
      'What a video would cost and take; nothing is made or spent. An input that createVideo would refuse is BAD_USER_INPUT. Requires VIDEO_CREATE.',
  })
  async estimateVideo(
    @Arg('input', () => CreateVideoInput) input: CreateVideoInput,
    @Ctx() context: Context,
  ): Promise<VideoEstimate> {
    return await context.services.estimates.estimate(signedIn(context), input);
  }
}
