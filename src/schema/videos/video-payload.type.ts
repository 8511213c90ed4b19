import { Field, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';
import { VideoType } from './video.type.ts';

@ObjectType('VideoPayload', { description: 'A video as it now is.', simpleResolvers: true })
export class VideoPayloadType {
  @Field(() => VideoType, { nullable: true, description: 'The video; null where it failed.' })
  declare readonly video: VideoType | null;

  @Field(() => [UserErrorType], { description: 'What has to be mended; empty where it worked.' })
  declare readonly userErrors: readonly UserErrorType[];
}
