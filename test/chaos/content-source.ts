import type { CreateVideoMutationVariables } from '../../src/cli/generated/documents.ts';
import type { Database } from '../../src/db/database.ts';
import type { Random } from '../../src/providers/local/cards/random.ts';
import type { Client } from '../helpers/client.ts';
import type { Settings } from '../helpers/installation.ts';

export type VideoInput = CreateVideoMutationVariables['input'];

/** What the requests for contents have led to, once everything has ended. */
export interface RequestEvidence {
  /** For the report: names and values. */
  readonly lines: readonly (readonly [string, string | number])[];
  /** Broken promises: how often, and what. */
  readonly broken: readonly (readonly [number, string])[];
}

/** The owner of videos, who can ask for them. */
export interface VideoOwner {
  readonly ownerId: string;
  readonly client: Client;
}

/** Where the videos of an installation get their contents: fakes outside it, which keep count. */
export interface ContentSource {
  /** Of the installation's programs. */
  readonly settings: Settings;
  /** The input of a video by its number. */
  videoInput(video: number, random: Random): VideoInput;
  /** Compares what the fakes have counted with the ledger. */
  requests(db: Database, owners: readonly VideoOwner[]): Promise<RequestEvidence>;
  close(): Promise<void>;
}
