import type { Permission } from '../../src/auth/viewer.ts';

export type Decision = 'ANYONE' | 'SIGNED_IN' | Permission;

export interface Case {
  readonly who: Decision;
  readonly document: string;
  /** The service call that is made for an allowed caller. */
  readonly asks: string;
}

/** A field of an object that requires more than the object: where it is refused, it alone is null. */
export interface InnerCase extends Case {
  /** Who gets the object. */
  readonly outer: Decision;
  readonly path: readonly (string | number)[];
  /** In the answer beside the refused field. */
  readonly beside: string;
}
