import { Field, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';
import { VideoType } from '../videos/video.type.ts';

@ObjectType('RecoverStuckVideosPayload', {
  description: 'Which videos were taken back from workers that stood still.',
  simpleResolvers: true,
})
export class RecoverStuckVideosPayloadType {
  @Field(() => [VideoType], { description: 'Those that now wait for another worker; none with dryRun.' })
  declare readonly recovered: readonly VideoType[];

  @Field(() => [VideoType], { description: 'With dryRun: those that would. Otherwise none.' })
  declare readonly wouldRecover: readonly VideoType[];

  @Field(() => [UserErrorType], {
    description: 'What has to be mended: an age that is none, each of videoIds that names nothing that stands still.',
  })
  declare readonly userErrors: readonly UserErrorType[];
}
