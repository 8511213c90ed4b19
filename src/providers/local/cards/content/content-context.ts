import type { FontBook } from '../../../../drawing/font-book.ts';
import type { Language } from '../../../../language/language.ts';
import type { SpokenNarration } from '../../../ports.ts';

/** What the content of a beat is shown with. */
export interface ContentContext {
  readonly language: Language;
  readonly spoken: SpokenNarration;
  /** In pixels. */
  readonly frame: { readonly width: number; readonly height: number };
  readonly fonts: FontBook;
}

export type CardRoom = Omit<ContentContext, 'spoken'>;
