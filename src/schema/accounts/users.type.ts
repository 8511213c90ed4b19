import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { Role } from '../../entities/enums.ts';
import { PageInfoType } from '../page-info.type.ts';
import { UserType } from './user.type.ts';

@ArgsType()
export class UsersArgs {
  @Field(() => Int, { nullable: true, description: 'Size of the page, 1 to 100; 20 by default.' })
  declare readonly first?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the row before the page.' })
  declare readonly after?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A part of the user name or of the full name, in any letter case; or a whole e-mail address.',
  })
  declare readonly search?: string | null;

  @Field(() => Role, { nullable: true, description: 'Only those with this role, in force.' })
  declare readonly role?: Role | null;
}

@ObjectType('UserEdge', { description: 'A user and their place in the list.', simpleResolvers: true })
export class UserEdgeType {
  @Field(() => String, { description: 'Value for the argument after.' })
  declare readonly cursor: string;

  @Field(() => UserType, { description: 'The user.' })
  declare readonly node: UserType;
}

@ObjectType('UserConnection', { description: 'One page of the list of users.', simpleResolvers: true })
export class UserConnectionType {
  @Field(() => [UserEdgeType], { description: 'The rows of the page with their cursors.' })
  declare readonly edges: readonly UserEdgeType[];

  @Field(() => [UserType], { description: 'The rows of the page without cursors.' })
  declare readonly nodes: readonly UserType[];

  @Field(() => PageInfoType, { description: 'The position of the page.' })
  declare readonly pageInfo: PageInfoType;

  @Field(() => Int, { description: 'Number of rows in the whole list; counted only when selected.' })
  declare readonly totalCount: number;
}
