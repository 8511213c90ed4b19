import type { FrameSize, SubtitleCue } from '../film/film.ts';
import { isEastAsian } from './glyph-width.ts';

/** SubRip, without markup. An empty line would end a cue, so there are none. Times in film seconds. */
export function toSrt(cues: readonly SubtitleCue[]): string {
  return cues.map((cue, i) => `${i + 1}\n${span(cue, ',')}\n${textOf(cue, escapeSrt)}\n`).join('\n');
}

/**
 * SubRip has no way to escape: players read `<` before a name as a tag, `{\` as a control of SubStation Alpha, and `-->` as a time. An
 * invisible word joiner inside makes them plain text, which shows what was written.
 */
function escapeSrt(line: string): string {
  return line
    .replace(/<(?=[a-z/!?])/giu, '<\u2060')
    .replace(/\{(?=\\)/gu, '{\u2060')
    .replace(/-->/gu, '--\u2060>');
}

/** WebVTT (W3C). `&`, `<` and `>` are escaped, which also keeps "-->" from reading as a time. */
export function toVtt(cues: readonly SubtitleCue[]): string {
  const escapeVtt = (line: string) => line.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;');
  return ['WEBVTT\n', ...cues.map((cue) => `${span(cue, '.')}\n${textOf(cue, escapeVtt)}\n`)].join('\n');
}

/** Advanced SubStation Alpha with one style, its sizes in pixels of the frame. Lines are not wrapped again. */
export function toAss(cues: readonly SubtitleCue[], size: FrameSize, language: string): string {
  const events = cues.map(
    (cue) =>
      `Dialogue: 0,${clock(cue.startSeconds, 100)},${clock(cue.endSeconds, 100)},Default,,0,0,0,,${textOf(cue, escapeAss, '\\N')}`,
  );
  return `${[...assHead(size, language), ...events].join('\n')}\n`;
}

function assHead(size: FrameSize, language: string): string[] {
  const { font, fontSize, outline, side, bottom } = assStyle(size, language);
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    'WrapStyle: 2',
    'ScaledBorderAndShadow: yes',
    'YCbCr Matrix: TV.709',
    `PlayResX: ${size.width}`,
    `PlayResY: ${size.height}`,
    '',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding',
    `Style: Default,${font},${fontSize},&H00FFFFFF,&H00FFFFFF,&H00141414,&H80000000,-1,0,0,0,100,100,0,0,1,${outline},0,2,${side},${side},${bottom},1`,
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
  ];
}

/** Widest line of 42 columns in em: Latin in bold is about 0.57 em a letter, full width exactly 1. */
const WIDEST_LINE_EM = 24;
/** Players scale a font by its line height, which in Noto Sans is 1.36 em. */
const LINE_HEIGHT = 1.36;

function assStyle(size: FrameSize, language: string) {
  const portrait = size.height > size.width;
  const em = Math.min(0.05 * size.height, (0.9 * size.width) / WIDEST_LINE_EM);
  return {
    font: fontOf(language),
    fontSize: Math.round(em * LINE_HEIGHT),
    outline: Math.max(1, Math.round(em * 0.08)),
    side: Math.round(size.width * 0.05),
    // In portrait, a phone's own buttons cover the bottom.
    bottom: Math.round(size.height * (portrait ? 0.16 : 0.06)),
  };
}

function fontOf(language: string): string {
  if (!isEastAsian(language)) return 'Noto Sans';
  const locale = new Intl.Locale(language).maximize();
  return locale.script === 'Hant' ? 'Noto Sans TC' : locale.language === 'zh' ? 'Noto Sans SC' : 'Noto Sans CJK JP';
}

/**
 * Braces open override tags and a backslash begins a control such as `\N`. Braces can be escaped; a backslash cannot,
 * so an invisible word joiner after it makes it plain text.
 */
function escapeAss(line: string): string {
  return line.replace(/\\/gu, '\\\u2060').replace(/[{}]/gu, '\\$&');
}

function textOf(cue: SubtitleCue, escapeLine: (line: string) => string, newline = '\n'): string {
  return cue.lines
    .map((line) => line.replace(/\s+/gu, ' ').trim())
    .filter((line) => line !== '')
    .map(escapeLine)
    .join(newline);
}

function span(cue: SubtitleCue, decimal: ',' | '.'): string {
  const time = (seconds: number) => {
    const [whole, fraction] = clock(seconds, 1000).split('.');
    return `${whole?.padStart(8, '0')}${decimal}${fraction}`;
  };
  return `${time(cue.startSeconds)} --> ${time(cue.endSeconds)}`;
}

/** h:mm:ss with a fraction in the given parts of a second. */
function clock(seconds: number, parts: 100 | 1000): string {
  const total = Math.max(0, Math.round(seconds * parts));
  const fraction = String(total % parts).padStart(parts === 100 ? 2 : 3, '0');
  const whole = Math.floor(total / parts);
  const pair = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${pair(Math.floor(whole / 60) % 60)}:${pair(whole % 60)}.${fraction}`;
}
