import { ArgsType, Field, ID, Int } from 'type-graphql';
import { VideoFilter, VideoOrder } from './video-filter.input.ts';

@ArgsType()
export class VideoPageArgs {
  @Field(() => Int, { nullable: true, description: 'Rows from the beginning, or from after; 1 to 100.' })
  declare readonly first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only rows after this cursor.' })
  declare readonly after?: string | null;

  @Field(() => Int, { nullable: true, description: 'Rows up to the end, or up to before; 1 to 100.' })
  declare readonly last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only rows before this cursor.' })
  declare readonly before?: string | null;

  @Field(() => VideoFilter, { nullable: true, description: 'Conditions on the videos.' })
  declare readonly filter?: VideoFilter | null;

  @Field(() => VideoOrder, { nullable: true, description: 'Newest first by default.' })
  declare readonly orderBy?: VideoOrder | null;
}

@ArgsType()
export class VideosArgs extends VideoPageArgs {
  @Field(() => ID, { nullable: true, description: 'Only videos of this user.' })
  declare readonly ownerId?: string | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Of everyone.' })
  declare readonly allOwners?: boolean | null;
}
