const INDENTED = /^(?: {4}|\t)/u;
const ITEM = /^\s{0,3}(?:[-*+•‣●▪–]|\d{1,3}[.)、])\s/u;
/** UTF-16 units; the beginning of a line shows whether it is code. */
const LONGEST_READ = 200;

const COMMAND = /^(?:\$ \S|(?:npm|npx|pnpm|pip3?|git|docker|kubectl|curl|wget|sudo|apt-get|python3) [\w./@:$~"'-])/u;
const SETTING = /^[A-Z_]{3,40}=\S/u;
const COMMENT = /^(?:\/\/|\/\*|#include )/u;
const BRACKETS = /^[{}()[\];,]{1,9}$/u;
const ASSIGNMENT = /^(?:(?:const|let|var|val) )?[A-Za-z_][\w.]{0,60} ?=[ "'`([{]/u;
const CALL = /^[A-Za-z_][\w.]{0,60}\(.{0,140}\);?$/u;
const DEFINITION = /^(?:async )?(?:def|class|function|func|fn|public|private|static|import|from) [\w.*{]/u;
const PYTHON = /^(?:if|for|while|elif|with|else|try|except|finally)\b/u;

/**
 * Lines in which blocks that are indented by four spaces or a tab are fenced, if at least half of their lines are surely
 * code: indented text is more often a poem, an address or a part of a list. `isFenced` is true for lines inside fences.
 */
export function withFencedCode(lines: readonly string[], isFenced: (index: number) => boolean): string[] {
  const fenced: string[] = [];
  let isList = false;
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    const begins = INDENTED.test(line) && isBlank(lines[at - 1] ?? '') && !isBlank(line) && !isFenced(at) && !isList;
    const end = begins ? endOfBlock(lines, at) : at + 1;
    const block = lines.slice(at, end);
    if (begins && isBlank(lines[end] ?? '') && isCode(block)) fenced.push('```', ...block, '```');
    else fenced.push(...block);
    if (!isBlank(line) && !INDENTED.test(line)) isList = ITEM.test(line);
    at = end;
  }
  return fenced;
}

/** After the last indented line of a block that may have empty lines in it. */
function endOfBlock(lines: readonly string[], start: number): number {
  let end = start;
  for (let at = start; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (!isBlank(line) && !INDENTED.test(line)) break;
    if (!isBlank(line)) end = at + 1;
  }
  return end;
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}

function isCode(block: readonly string[]): boolean {
  const written = block.filter((line) => !isBlank(line)).map((line) => line.trim().slice(0, LONGEST_READ));
  const count = written.filter(isCodeLine).length;
  return 2 * count >= written.length && !written.some((line) => line.includes('```'));
}

function isCodeLine(line: string): boolean {
  if ([COMMAND, SETTING, COMMENT, BRACKETS, CALL].some((form) => form.test(line))) return true;
  const hasBracket = /[([{"'`]/u.test(line);
  if (/[;{}]$/u.test(line) && /[=[\]{]|\w\(/u.test(line)) return true;
  if (ASSIGNMENT.test(line)) return hasBracket;
  if (DEFINITION.test(line)) return /[:({;]$/u.test(line) || /["'(]/u.test(line);
  return PYTHON.test(line) && line.endsWith(':') && (/[=(<>]/u.test(line) || /^\w{3,7}:$/u.test(line));
}
