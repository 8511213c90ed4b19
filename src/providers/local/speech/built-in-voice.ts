import type { Voice } from '../../ports.ts';
import type { PieceRequest } from './program/frames.ts';

/** A voice of one of the speech programs. */
export interface BuiltInVoice extends Voice {
  /** The language whose rules clean and time the text: the first subtag of all its `languages`. */
  readonly primary: string;
  /** The request to its program for these pieces, at a speed of 0.5 to 2. */
  readonly request: (pieces: readonly string[], speed: number) => PieceRequest;
}

/** "zh-TW" → "zh". */
export function primaryOf(tag: string): string {
  const primary = tag.split('-')[0]?.toLowerCase() ?? '';
  return primary === 'no' ? 'nb' : primary === 'cmn' ? 'zh' : primary;
}
