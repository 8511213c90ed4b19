import { Field, ID, ObjectType } from 'type-graphql';
import { UserErrorType } from '../errors/user-error.type.ts';
import { VideoType } from './video.type.ts';

@ObjectType('DeleteVideoPayload', { description: 'The deleted video.', simpleResolvers: true })
export class DeleteVideoPayloadType {
  @Field(() => ID, { nullable: true, description: 'Its id; null on failure.' })
  declare readonly deletedId: string | null;

  @Field(() => [UserErrorType], { description: 'Errors that the caller can correct; empty on success.' })
  declare readonly userErrors: readonly UserErrorType[];
}

@ObjectType('VideoPayload', { description: 'A video after the change.', simpleResolvers: true })
export class VideoPayloadType {
  @Field(() => VideoType, { nullable: true, description: 'The video; null on failure.' })
  declare readonly video: VideoType | null;

  @Field(() => [UserErrorType], { description: 'Errors that the caller can correct; empty on success.' })
  declare readonly userErrors: readonly UserErrorType[];

  @Field(() => [UserErrorType], {
    description:
      'What was accepted and may not be what was meant, e.g. a text that seems to be in another language (CONFLICT at input.language), or a style that the built-in pictures do not have (UNSUPPORTED at input.visualStyle).',
  })
  declare readonly warnings: readonly UserErrorType[];
}
