import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { PageInfoType } from '../../schema/page-info.type.ts';
import { VideoConnectionType } from '../../schema/videos/video-connection.type.ts';
import type { VideoPageArgs } from '../../schema/videos/videos.args.ts';
import type { VideoListQuery, VideoPage, VideoPageQuery } from '../../services/videos/list/video-list.ts';
import type { VideoParts, VideoView } from '../../services/videos/video-parts.ts';
import { type Context, signedIn } from '../context.ts';
import { pageOf } from '../page.ts';

/** A page that was read, and a function that counts the whole list where that is requested. */
export interface VideoConnection {
  readonly page: VideoPage;
  count(): Promise<number>;
}

/** Null for a list that the viewer may not see. Throws INVALID_INPUT for a page size that is not allowed. */
export async function videoConnection(
  context: Context,
  args: VideoPageArgs,
  whose: Pick<VideoListQuery, 'ownerId' | 'allOwners'>,
  parts: VideoParts,
): Promise<VideoConnection | null> {
  const { videoList } = context.services;
  const viewer = signedIn(context);
  const query = { ...queryOf(args), ...whose };
  const page = await videoList.page(viewer, query, parts);
  return page && { page, count: () => videoList.count(viewer, query) };
}

/** The same for one owner among others whose lists are requested at the same place: all of them are read at once. */
export async function ownerConnection(
  { loaders }: Context,
  args: VideoPageArgs,
  ownerId: string,
  parts: VideoParts,
): Promise<VideoConnection | null> {
  const query = queryOf(args);
  const page = await loaders.videoLists(query, parts).load(ownerId);
  return page && { page, count: () => loaders.videoCounts(query).load(ownerId) };
}

function queryOf(args: VideoPageArgs): VideoPageQuery {
  return { ...pageOf(args), filter: args.filter, orderBy: args.orderBy };
}

@Resolver(() => VideoConnectionType)
export class VideoConnectionResolver {
  @FieldResolver()
  edges(@Root() { page }: VideoConnection): { cursor: string; node: VideoView }[] {
    return page.rows.map((node) => ({
      get cursor() {
        return page.cursorOf(node);
      },
      node,
    }));
  }

  @FieldResolver()
  nodes(@Root() { page }: VideoConnection): readonly VideoView[] {
    return page.rows;
  }

  @FieldResolver()
  pageInfo(@Root() { page }: VideoConnection): PageInfoType {
    const { hasNextPage, hasPreviousPage } = page;
    const cursorAt = (index: number) => {
      const row = page.rows.at(index);
      return row ? page.cursorOf(row) : null;
    };
    return {
      hasNextPage,
      hasPreviousPage,
      // Read only where they are requested: otherwise the rows may lack the columns that they are made of.
      get startCursor() {
        return cursorAt(0);
      },
      get endCursor() {
        return cursorAt(-1);
      },
    };
  }

  @FieldResolver()
  async totalCount(@Root() connection: VideoConnection): Promise<number> {
    return await connection.count();
  }
}
