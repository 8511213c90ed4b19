import { relative } from 'node:path';
import type { VideoQuery } from '../generated/documents.ts';
import type { Paint } from './display/render.ts';
import { duration } from './display/render.ts';

type Video = NonNullable<VideoQuery['video']>;

export interface FinishedVideo {
  readonly video: Video;
  /** Absolute. */
  readonly path: string;
  readonly captionsPath: string | undefined;
  readonly tookMs: number;
}

/** How the program was called, for commands to copy. */
export interface Invocation {
  readonly isDemo: boolean;
  /** URL of the given server; null if one was started for this video alone. */
  readonly url: string | null;
}

/** The result, and suggestions for next commands. */
export function report(
  { video, path, captionsPath, tookMs }: FinishedVideo,
  invocation: Invocation,
  paint: Paint,
): string[] {
  const facts = [
    ['Title', video.title],
    ['File', pathFor(path)],
    ...(captionsPath === undefined ? [] : [['Captions', pathFor(captionsPath)]]),
    ['Length', `${duration((video.durationSeconds ?? 0) * 1_000)}${pictureOf(video)}`],
    ['Size', sizeOf(Number(video.fileSize ?? 0))],
    ['Made in', duration(tookMs)],
  ];
  return [
    '',
    ...facts.map(([name = '', value = '']) => `  ${paint('dim', name.padEnd(10))}${value}`),
    '',
    paint('bold', 'Next steps'),
    ...nextSteps(invocation).map(([command = '', use = '']) => `  ${paint('cyan', command.padEnd(46))} ${use}`),
    '',
  ];
}

/** The command line that makes or watches another video in the same way. */
export function commandFor({ isDemo, url }: Invocation, rest: string): string {
  if (url !== null) return `autovideo make --url ${url} ${rest}`;
  return isDemo ? `npm run demo -- ${rest}` : `autovideo make ${rest}`;
}

function nextSteps(invocation: Invocation): string[][] {
  const own = [
    [commandFor(invocation, '--script my-text.txt'), 'your own words'],
    [commandFor(invocation, '--article my-notes.md'), 'a longer text, condensed'],
  ];
  if (invocation.url !== null) return [...own, [`${invocation.url}/graphql`, 'the API, for programs of your own']];
  return [
    ...own,
    ...(invocation.isDemo ? [[commandFor(invocation, '--language zh-TW'), 'in Traditional Chinese']] : []),
    ['npm start', 'the server, with GraphiQL to try it'],
  ];
}

function pictureOf({ quality, language }: Video): string {
  return quality ? `  (${quality.width} × ${quality.height}, ${language})` : `  (${language})`;
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** The shortest path from the current folder. */
function pathFor(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : `./${near}`;
}
