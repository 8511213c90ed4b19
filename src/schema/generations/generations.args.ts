import { ArgsType, Field, Int } from 'type-graphql';
import { GenerationType } from '../../entities/enums.ts';

@ArgsType()
export class GenerationsArgs {
  @Field(() => Int, { nullable: true, description: 'Rows from the beginning, or from after; 1 to 100, 20 by default.' })
  declare readonly first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only rows after this cursor.' })
  declare readonly after?: string | null;

  @Field(() => GenerationType, { nullable: true, description: 'Only content of this kind.' })
  declare readonly type?: GenerationType | null;
}
