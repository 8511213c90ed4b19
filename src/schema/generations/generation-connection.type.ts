import { Field, Int, ObjectType } from 'type-graphql';
import { PageInfoType } from '../page-info.type.ts';
import { AiGenerationType } from './generation.type.ts';

@ObjectType('GenerationEdge', { description: 'A generation and its place in the list.', simpleResolvers: true })
export class GenerationEdgeType {
  @Field(() => String, { description: 'Value for the argument after.' })
  declare readonly cursor: string;

  @Field(() => AiGenerationType, { description: 'The generation.' })
  declare readonly node: AiGenerationType;
}

@ObjectType('GenerationConnection', { description: 'One page of a list of generations.', simpleResolvers: true })
export class GenerationConnectionType {
  @Field(() => [GenerationEdgeType], { description: 'The rows of the page with their cursors.' })
  declare readonly edges: readonly GenerationEdgeType[];

  @Field(() => [AiGenerationType], { description: 'The rows of the page without cursors.' })
  declare readonly nodes: readonly AiGenerationType[];

  @Field(() => PageInfoType, { description: 'The position of the page.' })
  declare readonly pageInfo: PageInfoType;

  @Field(() => Int, { description: 'Number of rows in the whole list; counted only when selected.' })
  declare readonly totalCount: number;
}
