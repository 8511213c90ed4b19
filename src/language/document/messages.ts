import { WIDE_SCRIPT } from '../language.ts';
import type { Untitled } from './front-matter.ts';

/** "[03/03/27, 14:05:12] ", "03.03.27, 14:05 - ", "00:12 ", "14:05 " */
const STAMP =
  /^\s{0,9}\[?(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s)?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{3})?(?:\s?[AaPp]\.?[Mm]\.?)?\]?(?:\s?[-–—:|])?\s{1,9}(?=\S)/u;
/** "王芳 2026-03-14 08:02", "Anna Berg, [03.03.27 14:05]": a line above a message. */
const SENDER =
  /^\s{0,9}(\S[^\n:：]{0,39}?),?\s{1,3}(?:[-–—]\s)?\[?\d{1,4}[./年-]\d{1,2}[./月-]\d{1,4}日?,?\s{1,3}\d{1,2}:\d{2}(?::\d{2})?\]?\s{0,9}$/u;
/** What a chat has in place of a picture or another file, as a message of its own. */
const FILE =
  /^\s{0,9}[[<](?:图片|圖片|照片|视频|影片|语音|語音|表情|动画表情|贴纸|貼圖|文件|檔案|链接|連結|photo|image|picture|video|voice message|sticker|gif|file|foto|bild|immagine|imagen|imagem|vídeo|vidéo)[\]>]\s{0,9}$/iu;
const OMITTED =
  /^[^:：]{0,60}[:：]\s?(?:<[^<>]{1,60}>|[^:：]{0,30}(?:omitted|ausgeschlossen|weggelassen|omis|omise|omitid[oa]|ocult[oa]|omess[oi]|已略去|已省略))$/iu;
const CUE_TIME = /^\s{0,9}(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s{1,9}-->/u;
const CUE_NUMBER = /^\s{0,9}\d{1,6}\s{0,9}$/u;
const CUE_HEADER = /^(?:WEBVTT|NOTE|STYLE|Kind:|Language:)/u;
const HEADER =
  /^(From|To|Cc|Bcc|Date|Sent|Subject|Reply-To|Von|An|Gesendet|Datum|Betreff|De|À|Envoyé|Objet|Para|Enviado|Fecha|Data|Asunto|Assunto|Da|Inviato|Oggetto|寄件者|收件者|日期|主旨|发件人|收件人|主题|主題)\s?[:：]\s?(.{0,400})$/u;
const SUBJECT = /^(?:Subject|Betreff|Objet|Asunto|Assunto|Oggetto|主旨|主题|主題)$/u;

/** Removes the times of subtitles, chats and transcripts, and the headers of a message. Expects cleaned text. */
export function withoutMessageMarks(text: string): Untitled {
  const lines = text.split('\n');
  if (lines.some((line) => CUE_TIME.test(line))) return { text: textOfCues(lines) };
  const stamped = lines.filter((line) => STAMP.test(line)).length;
  if (stamped > 1 && 2 * stamped >= lines.filter((line) => line.trim() !== '').length)
    return {
      text: lines
        .map((line) => line.replace(STAMP, ''))
        .filter((line) => !OMITTED.test(line))
        .join('\n'),
    };
  if (lines.filter((line) => SENDER.test(line)).length > 1) return { text: textOfMessages(lines) };
  return withoutHeaders(text, lines);
}

/** The first line of a message names its sender, as a line of a play does: "Anna: Did you see the moon?" */
function textOfMessages(lines: readonly string[]): string {
  const kept: string[] = [];
  let sender: string | undefined;
  for (const line of lines) {
    const name = SENDER.exec(line)?.[1];
    if (name !== undefined) sender = name;
    else if (!FILE.test(line)) {
      const names = sender !== undefined && line.trim() !== '';
      kept.push(names ? `${sender}${WIDE_SCRIPT.test(sender ?? '') ? '：' : ': '}${line.trim()}` : line);
      if (names) sender = undefined;
    }
  }
  return kept.join('\n');
}

/** All cues as one paragraph: they are parts of running speech. */
function textOfCues(lines: readonly string[]): string {
  const cues: string[] = [];
  let isOpen = false;
  lines.forEach((line, i) => {
    if (CUE_TIME.test(line)) {
      cues.push('');
      isOpen = true;
    } else if (line.trim() === '') isOpen = false;
    else if (isOpen && !(CUE_NUMBER.test(line) && CUE_TIME.test(lines[i + 1] ?? '')))
      cues.push(`${cues.pop() ?? ''} ${line.trim()}`.trim());
    else if (!CUE_HEADER.test(line) && !CUE_NUMBER.test(line)) cues.push(line.trim());
  });
  return cues.filter((cue) => cue !== '').join('\n');
}

/** The headers of a message are at least two lines at its beginning, one of them its subject. */
function withoutHeaders(text: string, lines: readonly string[]): Untitled {
  const first = lines.findIndex((line) => line.trim() !== '');
  let end = Math.max(0, first);
  let subject: string | undefined;
  for (let header = HEADER.exec(lines[end] ?? ''); header; header = HEADER.exec(lines[end] ?? '')) {
    if (SUBJECT.test(header[1] ?? '')) subject = header[2]?.trim();
    end += 1;
  }
  if (subject === undefined || end - first < 2) return { text };
  return { text: lines.slice(end).join('\n'), title: subject };
}
