import { Field, ObjectType } from 'type-graphql';

@ObjectType('PageInfo', { description: 'Where a page lies in its list.', simpleResolvers: true })
export class PageInfoType {
  @Field(() => Boolean, { description: 'More follow after endCursor.' })
  declare readonly hasNextPage: boolean;

  @Field(() => Boolean, { description: 'More stand before startCursor.' })
  declare readonly hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row; null for an empty page.' })
  declare readonly startCursor: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last row; null for an empty page.' })
  declare readonly endCursor: string | null;
}
