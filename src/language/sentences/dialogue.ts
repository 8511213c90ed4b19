/** A line of a dialogue that a dash opens. */
export interface DialogueLine {
  /** As written, without the dash and the comma before the verb. */
  readonly words: string;
  /** The name in "sagte Anna"; the whole clause where it has only a pronoun: "sagte er". */
  readonly speaker: string;
}

/** A longer line is a narration. UTF-16 units. */
const LONGEST = 400;
const LONGEST_CLAUSE = 60;
/** What ends the words, before the verb: "—Ven —dijo", "– Komm, sagte", "— Viens ! dit". */
const JOINT = /[,!?….]?\s?[–—]\s?|[,!?…]\s/gu;
/** Verbs of saying, as they stand after the words, in German, French, Spanish, Italian and Portuguese. */
const VERBS: ReadonlySet<string> = new Set(
  `sagt sagte fragt fragte ruft rief antwortet antwortete flüstert flüsterte murmelt murmelte meint meinte erwidert erwiderte
  schreit schrie erklärt erklärte lacht lachte
  dit disait demande demanda demandait répond répondit répondait murmure murmura murmurait crie cria criait chuchote chuchota
  s'écrie s'écria déclare déclara reprend reprit lance lança souffla
  dice dijo decía pregunta preguntó responde respondió contesta contestó susurra susurró grita gritó exclama exclamó murmura
  murmuró añadió
  disse diceva chiede chiese rispose risponde sussurra sussurrò grida gridò esclama esclamò mormora mormorò aggiunse
  diz dizia perguntou pergunta respondeu sussurrou gritou exclamou murmurou acrescentou`.split(/\s+/u),
);
/** "dit-il", "demanda-t-elle" */
const FRENCH_PRONOUN = /^(\p{L}+)(?:-t)?-(?:il|elle|on|ils|elles|je)$/u;
const PRONOUN = /^(?:er|sie|es|ich|elle|je|él|ella|yo|lui|lei|io|ele|ela|eu)(?!\p{L})|^(?:il|on)$/u;
/** Small words inside names. */
const PARTICLE = /^(?:von|van|der|den|zu|de|du|des|la|le|del|della|di|da|do|dos|das|e|y|und|et)$/u;

/**
 * The words and the speaker of a line such as "– Komm her, sagte Anna.", "—Ven aquí —dijo él." or "« — Viens ici, dit-il. »";
 * null for another line, and where the words go on after the speaker. Takes linear time.
 */
export function dialogueIn(line: string): DialogueLine | null {
  if (line.length > LONGEST) return null;
  const inside = /^["“„«]\s?([–—―].+)["”“»]$/u.exec(line.trim())?.[1] ?? line;
  const spoken = /^[–—―]\s?(\S.+)$/u.exec(inside.trim())?.[1];
  if (spoken === undefined) return null;
  for (const { 0: joint, index } of [...spoken.matchAll(JOINT)].toReversed()) {
    const clause = spoken.slice(index + joint.length).replace(/[.\s]{1,3}$/u, '');
    const speaker = speakerOf(clause);
    const words = spoken.slice(0, index) + (/^[!?…]/u.exec(joint)?.[0] ?? '');
    if (speaker !== null && /\p{L}/u.test(words)) return { words: words.trim(), speaker };
  }
  return null;
}

/** Who speaks, in the clause that follows the words; null if it is none. */
function speakerOf(clause: string): string | null {
  if (clause.length > LONGEST_CLAUSE || /[–—,;:!?"“”„«»]/u.test(clause)) return null;
  const [verb = '', ...others] = clause.replaceAll('’', "'").split(/\s+/u);
  const inverted = FRENCH_PRONOUN.exec(verb)?.[1];
  if (inverted !== undefined && VERBS.has(inverted)) return clause;
  if (!VERBS.has(verb)) return null;
  const name = others.join(' ');
  return name === '' || PRONOUN.test(name) ? clause : withoutAdverb(others);
}

/** "Anna leise" → "Anna": after a name with a capital, a small word says how it is said. */
function withoutAdverb(words: readonly string[]): string {
  const isSmall = (word: string): boolean => !/^\p{Lu}/u.test(word) && !PARTICLE.test(word);
  const end = isSmall(words[0] ?? '') || PARTICLE.test(words[0] ?? '') ? -1 : words.findIndex(isSmall);
  return words.slice(0, end < 0 ? words.length : end).join(' ');
}

/** The indices of lines of dialogues: dashes that open speech, not items. One line with a speaker is among those around it. */
export function dialogueLines(lines: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  let run: number[] = [];
  const close = () => {
    if (run.some((at) => dialogueIn(lines[at] ?? '') !== null)) for (const at of run) found.add(at);
    run = [];
  };
  for (const [at, line] of lines.entries()) {
    if (/^\s{0,20}[–—―]\s?[\p{L}\p{N}¿¡«"“…]/u.test(line)) run.push(at);
    else if (line.trim() !== '') close();
  }
  close();
  return found;
}
