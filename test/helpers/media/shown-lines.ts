import type { Overlay } from '../../../src/overlays/overlay.ts';

/** What may be left out between the parts of a list: marks, the word before the last item, and those beside a year. */
const LEFT_OUT =
  /^[\s\p{P}]*(?:and|und|et|y|e|ed|和|與|与|及|以及)?[\s\p{P}]*(?:\d{1,2}\. |in|im jahre?|en|em|nel|在|到了?|年)?[\s\p{P}]*$/iu;

/** The lines that an overlay shows, each as the passage of the narration that it is, if it leaves out nothing of it. */
export function shownLines(overlay: Overlay, narration: string): string[] {
  if (overlay.kind === 'rows') {
    const rows = overlay.rows.flatMap(({ label, text }) => inOrder(label, text, narration));
    const pieces = [overlay.lead, ...rows].filter((text) => text !== '');
    // An author's heading may lead to the rows. One that is spoken, and a question, can be read alone.
    const isSentence = /^[.。]/u.test(narration.slice(narration.indexOf(overlay.lead) + overlay.lead.length));
    return narration.includes(overlay.lead) && !isSentence && !/[?？]$/u.test(overlay.lead)
      ? [passageOf(pieces, narration)]
      : [overlay.lead, passageOf(pieces.slice(1), narration)];
  }
  // The code beside a narration is no passage of it.
  if (overlay.kind === 'code') return overlay.lead === '' ? [] : [overlay.lead];
  if (overlay.kind !== 'words') return [];
  const { headline, secondary } = overlay.words;
  if (overlay.mark === 'quotation') return [quotationOf(headline, secondary, narration)];
  return [headline, secondary].filter((line) => line !== '');
}

/** A year and the words beside it as they follow one another in the narration. */
function inOrder(label: string | undefined, text: string, narration: string): string[] {
  if (label === undefined) return [text];
  return narration.indexOf(label) < narration.indexOf(text) ? [label, text] : [text, label];
}

function passageOf(pieces: readonly string[], narration: string): string {
  const start = narration.indexOf(pieces[0] ?? '');
  let end = start + (pieces[0]?.length ?? 0);
  for (const piece of pieces.slice(1)) {
    const at = narration.indexOf(piece, end);
    if (at < 0 || !LEFT_OUT.test(narration.slice(end, at))) return pieces.join(' | ');
    end = at + piece.length;
  }
  return narration.slice(start, end);
}

/** The narration, if it has nothing but the quotation, its speaker and a verb between them. */
function quotationOf(words: string, secondary: string, narration: string): string {
  const speaker = secondary.replace(/^– /u, '');
  const rest = narration.replace(words, '').replace(speaker, '');
  return rest.replace(/[\s\p{P}]/gu, '').length <= 8 ? narration : `${words} | ${speaker}`;
}
