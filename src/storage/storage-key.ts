import { AppError } from '../errors.ts';

const MAX_KEY_LENGTH = 512;
/** Letters, digits, '.', '_' and '-'; no part begins with a dot, so neither '..' nor a hidden file can be named. */
const KEY = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;

/** Returns the key itself. Throws STORAGE_ERROR for one that could name anything outside the store. */
export function checkedKey(key: string): string {
  if (!isKey(key)) throw new AppError('STORAGE_ERROR', 'A file was asked for under an impossible name.');
  return key;
}

export function isKey(text: string): boolean {
  return text.length <= MAX_KEY_LENGTH && KEY.test(text);
}
