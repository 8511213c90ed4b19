/** A file that a signed link names. */
export interface SignedFile {
  readonly key: string;
  /** The name to save the file under; null where it may be shown. */
  readonly download: string | null;
  /** The name of a file that may be shown. */
  readonly name: string | null;
  readonly expiresAt: Date;
}

/** The result of checking a signed link to a file. */
export type LinkVerdict =
  | { readonly state: 'valid'; readonly file: SignedFile }
  | { readonly state: 'expired' | 'forged' };
