import { Field, InputType } from 'type-graphql';

@InputType('SceneInput', { description: 'A scene of one’s own.' })
export class SceneInput {
  @Field(() => String, { description: 'What is spoken.' })
  declare readonly narration: string;

  @Field(() => String, { nullable: true, description: 'What the picture shows; made from the narration if left out.' })
  declare readonly visualPrompt?: string | null;
}
