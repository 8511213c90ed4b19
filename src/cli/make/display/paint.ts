import { styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'green' | 'cyan' | 'red' | 'yellow';
/** Adds colour where it is wanted; what it gives is as wide as what it got. */
export type Paint = (style: Style, text: string) => string;

/** For this output: NO_COLOR and FORCE_COLOR count, and whether it is a terminal (https://no-color.org). */
export function paintFor(stream: NodeJS.WritableStream): Paint {
  return (style, text) => styleText(style, text, { stream });
}
