import { Field, Int, ObjectType } from 'type-graphql';
import { PageInfoType } from '../page-info.type.ts';
import { VideoType } from './video.type.ts';

@ObjectType('VideoEdge', { description: 'A video and its place in the list.', simpleResolvers: true })
export class VideoEdgeType {
  @Field(() => String, { description: 'Give it as after or before.' })
  declare readonly cursor: string;

  @Field(() => VideoType, { description: 'The video.' })
  declare readonly node: VideoType;
}

@ObjectType('VideoConnection', { description: 'One page of a list of videos.', simpleResolvers: true })
export class VideoConnectionType {
  @Field(() => [VideoEdgeType], { description: 'The page with its cursors.' })
  declare readonly edges: readonly VideoEdgeType[];

  @Field(() => [VideoType], { description: 'The page without them.' })
  declare readonly nodes: readonly VideoType[];

  @Field(() => PageInfoType, { description: 'Where the page lies.' })
  declare readonly pageInfo: PageInfoType;

  @Field(() => Int, { description: 'How many there are in the whole list; only counted when asked for.' })
  declare readonly totalCount: number;
}
