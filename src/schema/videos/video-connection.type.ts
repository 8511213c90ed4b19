import { Field, Int, ObjectType } from 'type-graphql';
import { PageInfoType } from '../page-info.type.ts';
import { VideoType } from './video.type.ts';

@ObjectType('VideoEdge', { description: 'A video and its place in the list.', simpleResolvers: true })
export class VideoEdgeType {
  @Field(() => String, { description: 'Value for the arguments after or before.' })
  declare readonly cursor: string;

  @Field(() => VideoType, { description: 'The video.' })
  declare readonly node: VideoType;
}

@ObjectType('VideoConnection', { description: 'One page of a list of videos.', simpleResolvers: true })
export class VideoConnectionType {
  @Field(() => [VideoEdgeType], { description: 'The rows of the page with their cursors.' })
  declare readonly edges: readonly VideoEdgeType[];

  @Field(() => [VideoType], { description: 'The rows of the page without cursors.' })
  declare readonly nodes: readonly VideoType[];

  @Field(() => PageInfoType, { description: 'The position of the page.' })
  declare readonly pageInfo: PageInfoType;

  @Field(() => Int, { description: 'Number of rows in the whole list; counted only when selected.' })
  declare readonly totalCount: number;
}
