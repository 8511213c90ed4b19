import type { Analysis } from './ports.ts';

/** A description, followed by the film's chapters in the form that video platforms turn into links. */
export function withChapters(description: string, chapters: Analysis['chapters']): string {
  const list = chapters.map(({ title, startSeconds }) => `${clock(startSeconds)} ${title}`);
  return chapters.length > 1 ? `${description}\n\n${list.join('\n')}` : description;
}

/** m:ss, or h:mm:ss from an hour on. Rounded down: a link must not point after the chapter's first word. */
function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const pair = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${hours}:${pair(minutes)}:${pair(whole % 60)}` : `${minutes}:${pair(whole % 60)}`;
}
