const MARKDOWN = 'contains Markdown. Write plain sentences';
const DIRECTION = 'contains a stage direction or the name of a speaker. Write only words that are spoken';

/** Headings, rules, tables, emphasis, code, links and tags. */
const MARKS =
  /^ {0,3}(?:#|---|\|)|\*\*|__|~~|```|\*\p{L}|\]\(|<\/?(?:b|i|em|strong|p|br|break|speak|ul|li|h[1-6])[ />]/imu;
const ITEM = /^ {0,3}(?:[-*+•]|\d{1,3}[.)]) /u;
const BRACKET = /[[\]【】]/u;
/** The beginning of what is in round brackets. */
const ASIDE = /[（(][^()（）]{0,60}/gu;
const STAGE_WORD =
  /music|sound effect|\bpause|\bfade|\bcut to|voice-?over|narrator|camera|musique|musik|música|musica|音樂|音乐|音效|停頓|停顿|旁白|畫面|画面|鏡頭|镜头/iu;
const SPEAKERS: ReadonlySet<string> = new Set(
  'narrator,narration,voiceover,voice-over,vo,host,speaker,scene,erzähler,sprecher,szene,narrateur,narratrice,scène,narrador,narradora,escena,narratore,scena,cena,旁白,解說,解说,主持人,場景,场景'.split(
    ',',
  ),
);

/** What in a narration is not meant for the ear; undefined where nothing is. The sentence repeats nothing of it. */
export function narrationFault(narration: string): string | undefined {
  const lines = narration.split('\n');
  if (MARKS.test(narration) || lines.filter((line) => ITEM.test(line)).length > 1) return MARKDOWN;
  const isAside = (narration.match(ASIDE) ?? []).some((aside) => STAGE_WORD.test(aside));
  return isAside || BRACKET.test(narration) || lines.some(isSpoken) ? DIRECTION : undefined;
}

/** True for a line that begins with who speaks it: "Narrator 2: …". */
function isSpoken(line: string): boolean {
  const end = line.slice(0, 40).search(/[:：]/u);
  if (end === -1) return false;
  const name = line.slice(0, end).replace(/\d/gu, '').trim().toLowerCase();
  return SPEAKERS.has(name);
}
