/** Where finished clips stay. Keys are 64 hexadecimal digits: the SHA-256 of everything that decides a clip's bytes. */
export interface ClipCache {
  /** A readable local path, or null where there is no such clip. */
  find(key: string): Promise<string | null>;
  /** Moves a finished clip in, whole or not at all, and gives the path at which it can be read from now on. */
  keep(key: string, path: string): Promise<string>;
}
