import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { NodeType } from '../node.type.ts';
import { URL } from '../scalars.ts';

@ObjectType('Scene', {
  description: 'One part of a video, with its own voice and picture.',
  implements: NodeType,
  simpleResolvers: true,
})
export class SceneType {
  @Field(() => ID, { description: 'Opaque id; stays through edits, which index does not.' })
  declare readonly id: string;

  @Field(() => Int, { description: 'Its place in the video, from 0.' })
  declare readonly index: number;

  @Field(() => String, { description: 'What is spoken.' })
  declare readonly narration: string;

  @Field(() => String, { description: 'What the picture was asked to show.' })
  declare readonly visualPrompt: string;

  @Field(() => URL, { nullable: true, description: 'Its picture, once drawn.' })
  declare readonly imageUrl: string | null;

  @Field(() => URL, { nullable: true, description: 'Its voice, once spoken.' })
  declare readonly audioUrl: string | null;

  @Field(() => Float, { nullable: true, description: 'Length of its narration, without pauses.' })
  declare readonly durationSeconds: number | null;
}
