import DataLoader from 'dataloader';
import { encodeId } from '../../../src/ids.ts';
import type { NewVideo } from '../../../src/services/videos/create-video-validation.ts';
import type { Backend, VideoRow } from './backend.ts';
import type { Account } from './database.ts';
import type { Owner } from './rows.ts';

/** Only the requested part of our schema. */
export const SDL = `
  type Query { videos(first: Int, allOwners: Boolean = false): VideoConnection }
  type VideoConnection { nodes: [Video!]! }
  type Video { id: ID! title: String! owner: User status: String! progress: Int! createdAt: String! }
  type User { username: String! }
  type Mutation { createVideo(input: CreateVideoInput!): VideoPayload }
  input CreateVideoInput {
    title: String
    script: String
    language: String! = "en"
    aspectRatio: AspectRatio! = LANDSCAPE_16_9
    resolution: Resolution! = HD_720
    burnInCaptions: Boolean! = true
  }
  enum AspectRatio { LANDSCAPE_16_9 PORTRAIT_9_16 SQUARE_1_1 }
  enum Resolution { SD_480 HD_720 FULL_HD_1080 }
  type VideoPayload { video: Video userErrors: [UserError!]! }
  type UserError { code: String! }
`;

/** Context of one request. */
export interface PeerContext {
  readonly account: Account;
  readonly owners: DataLoader<string, Owner | undefined>;
}

export interface CreatedVideo {
  /** UUID. */
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly progress: number;
  readonly createdAt: Date;
}

export type CreateVideo = (userId: string, input: NewVideo) => Promise<CreatedVideo>;

export async function peerContext(backend: Backend, authorization: string | undefined): Promise<PeerContext> {
  return {
    account: await backend.signIn(authorization),
    owners: new DataLoader(async (ids) => [...(await backend.owners(ids))]),
  };
}

/** `create` only for a peer that must create videos. */
export function resolversOf(backend: Backend, create?: CreateVideo) {
  return {
    Query: {
      videos: async (_root: unknown, { first }: { readonly first: number }) => ({ nodes: await backend.newest(first) }),
    },
    Video: {
      id: ({ id }: VideoRow) => encodeId('video', id),
      owner: ({ ownerId }: VideoRow, _args: unknown, { owners }: PeerContext) => owners.load(ownerId),
      createdAt: ({ createdAt }: CreatedVideo) => createdAt.toISOString(),
    },
    Mutation: {
      createVideo: async (_root: unknown, { input }: { readonly input: NewVideo }, { account }: PeerContext) => {
        if (!create) throw new Error('This side does not create videos.');
        return { video: await create(account.userId, input), userErrors: [] };
      },
    },
  };
}
