import { Field, ID, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';
import { VideoType } from './video.type.ts';

@ObjectType('DeleteVideoPayload', { description: 'Which video is gone.', simpleResolvers: true })
export class DeleteVideoPayloadType {
  @Field(() => ID, { nullable: true, description: 'Its id; null where it failed.' })
  declare readonly deletedId: string | null;

  @Field(() => [UserErrorType], { description: 'What has to be mended; empty where it worked.' })
  declare readonly userErrors: readonly UserErrorType[];
}

@ObjectType('VideoPayload', { description: 'A video as it now is.', simpleResolvers: true })
export class VideoPayloadType {
  @Field(() => VideoType, { nullable: true, description: 'The video; null where it failed.' })
  declare readonly video: VideoType | null;

  @Field(() => [UserErrorType], { description: 'What has to be mended; empty where it worked.' })
  declare readonly userErrors: readonly UserErrorType[];
}
