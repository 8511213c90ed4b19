import { badInput } from './failures.ts';
import { REQUEST_DEPTH } from './limits.ts';

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [34, 92, 91, 93, 123, 125];

/** The error for a request that nests more. */
export const TOO_DEEP = `The request is nested too deep: lists and objects may be ${REQUEST_DEPTH} levels deep.`;

/**
 * Whether lists and objects are inside each other for more than `most` levels, in a text that may be JSON or not. Parsing a megabyte of
 * brackets takes fifty times as long as parsing a megabyte of other JSON, so that it is asked before; it stops at the first level too many.
 */
export function isNestedDeeper(json: string, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const unit = json.charCodeAt(at);
    if (unit === QUOTE) at = endOfText(json, at);
    else if (unit === OPEN_LIST || unit === OPEN_OBJECT) depth++;
    else if (unit === CLOSE_LIST || unit === CLOSE_OBJECT) depth--;
    if (depth > most) return true;
  }
  return false;
}

/** Throws BAD_USER_INPUT where a parameter of an address that is JSON is nested too deep. In a body it would be one level further in. */
export function refuseDeepParameter(text: unknown): void {
  if (typeof text === 'string' && isNestedDeeper(text, REQUEST_DEPTH - 1)) throw badInput(TOO_DEEP);
}

/** Where the text that begins with the quote at `start` has its other quote; the end where it has none. */
function endOfText(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    const unit = json.charCodeAt(at);
    if (unit === QUOTE) return at;
    if (unit === BACKSLASH) at++;
  }
  return json.length;
}
