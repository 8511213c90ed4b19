import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { NodeType } from '../node.type.ts';
import { URL } from '../scalars.ts';

@ObjectType('Scene', {
  description: 'One part of a video, with its own voice and picture.',
  implements: NodeType,
  simpleResolvers: true,
})
export class SceneType {
  @Field(() => ID, { description: 'Opaque id; edits do not change it, unlike index.' })
  declare readonly id: string;

  @Field(() => Int, { description: 'Its place in the video, from 0.' })
  declare readonly index: number;

  @Field(() => String, { description: 'The narration.' })
  declare readonly narration: string;

  @Field(() => String, { description: 'The prompt for the picture.' })
  declare readonly visualPrompt: string;

  @Field(() => URL, { nullable: true, description: 'Its picture; null until it is drawn.' })
  declare readonly imageUrl: string | null;

  @Field(() => URL, { nullable: true, description: 'Its narration as sound; null until it is spoken.' })
  declare readonly audioUrl: string | null;

  @Field(() => Float, { nullable: true, description: 'Length of its narration, without pauses.' })
  declare readonly durationSeconds: number | null;
}
