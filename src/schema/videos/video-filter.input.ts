import { Field, InputType } from 'type-graphql';
import { Platform, VideoStatus } from '../../entities/enums.ts';
import { OrderDirection, VideoOrderField } from '../enums.ts';
import { DateTime, LanguageTag } from '../scalars.ts';

@InputType('VideoOrder', { description: 'The order of a list of videos.' })
export class VideoOrder {
  @Field(() => VideoOrderField, { description: 'By what.' })
  declare readonly field: VideoOrderField;

  @Field(() => OrderDirection, { description: 'The direction.' })
  declare readonly direction: OrderDirection;
}

@InputType('VideoFilter', { description: 'Conditions on the listed videos; all of them apply.' })
export class VideoFilter {
  @Field(() => [VideoStatus], { nullable: true, description: 'One of these.' })
  declare readonly status?: readonly VideoStatus[] | null;

  @Field(() => [Platform], { nullable: true, description: 'Meant for at least one of these.' })
  declare readonly platform?: readonly Platform[] | null;

  @Field(() => [String], { nullable: true, description: 'Has all of these.' })
  declare readonly tags?: readonly string[] | null;

  @Field(() => LanguageTag, { nullable: true, description: 'Spoken in it.' })
  declare readonly language?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Created after it.' })
  declare readonly createdAfter?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Created before it.' })
  declare readonly createdBefore?: Date | null;

  @Field(() => String, { nullable: true, description: 'Full-text search in title and description.' })
  declare readonly search?: string | null;
}
