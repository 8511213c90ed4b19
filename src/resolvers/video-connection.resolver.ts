import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Video } from '../entities/video.ts';
import type { PageInfoType } from '../schema/page-info.type.ts';
import { VideoConnectionType } from '../schema/video-connection.type.ts';
import type { VideoPageArgs } from '../schema/videos.args.ts';
import type { VideoListQuery, VideoPage } from '../services/video-list.ts';
import { type Context, signedIn } from './context.ts';
import { pageOf } from './page.ts';

/** A page that was read, and the query it answers, for whoever wants the whole counted. */
export interface VideoConnection {
  readonly page: VideoPage;
  readonly query: VideoListQuery;
}

/** Null for a list that the viewer may not see. Throws INVALID_INPUT for a page size that is not allowed. */
export async function videoConnection(
  context: Context,
  args: VideoPageArgs,
  whose: Pick<VideoListQuery, 'ownerId' | 'allOwners'>,
): Promise<VideoConnection | null> {
  const query = { ...pageOf(args), filter: args.filter, orderBy: args.orderBy, ...whose };
  const page = await context.services.videoList.page(signedIn(context), query);
  return page && { query, page };
}

@Resolver(() => VideoConnectionType)
export class VideoConnectionResolver {
  @FieldResolver()
  edges(@Root() { page }: VideoConnection): { cursor: string; node: Video }[] {
    return page.rows.map((node) => ({ cursor: page.cursorOf(node), node }));
  }

  @FieldResolver()
  nodes(@Root() { page }: VideoConnection): readonly Video[] {
    return page.rows;
  }

  @FieldResolver()
  pageInfo(@Root() { page }: VideoConnection): PageInfoType {
    const [first, last] = [page.rows.at(0), page.rows.at(-1)];
    return {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: first ? page.cursorOf(first) : null,
      endCursor: last ? page.cursorOf(last) : null,
    };
  }

  @FieldResolver()
  async totalCount(@Root() { query }: VideoConnection, @Ctx() context: Context): Promise<number> {
    return await context.services.videoList.count(signedIn(context), query);
  }
}
