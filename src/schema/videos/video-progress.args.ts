import { ArgsType, Field, ID } from 'type-graphql';

@ArgsType()
export class VideoProgressArgs {
  @Field(() => ID, { description: 'Which video.' })
  declare readonly videoId: string;

  @Field(() => ID, { nullable: true, description: 'Id of the last event that the client has received.' })
  declare readonly after?: string | null;
}
