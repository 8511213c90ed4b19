import { Field, ObjectType } from 'type-graphql';

@ObjectType('PageInfo', { description: 'The position of a page in its list.', simpleResolvers: true })
export class PageInfoType {
  @Field(() => Boolean, { description: 'Whether more rows follow endCursor.' })
  declare readonly hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Whether more rows precede startCursor.' })
  declare readonly hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row; null for an empty page.' })
  declare readonly startCursor: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last row; null for an empty page.' })
  declare readonly endCursor: string | null;
}
