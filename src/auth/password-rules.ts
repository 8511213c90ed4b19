import { normalized } from '../unicode.ts';

/** Lengths count code points after NFKC, as NIST SP 800-63B asks. */
export const PASSWORD_LENGTH = { least: 10, most: 200 } as const;

const MIN_DISTINCT_CHARACTERS = 4;
/** The most common passwords among those that are long enough. */
const TOO_COMMON: ReadonlySet<string> = new Set([
  '0123456789',
  '0987654321',
  '1234567890',
  '12345678910',
  '123456789a',
  '1q2w3e4r5t',
  '1qaz2wsx3edc',
  'a123456789',
  'abc1234567',
  'abcd123456',
  'abcdefghij',
  'admin12345',
  'administrator',
  'asdfghjkl;',
  'changeme123',
  'iloveyou123',
  'letmein123',
  'p@ssw0rd123',
  'passw0rd123',
  'password12',
  'password123',
  'password1234',
  'passwordpassword',
  'q1w2e3r4t5',
  'qwerty12345',
  'qwerty123456',
  'qwertyuiop',
  'welcome123',
]);

export interface PasswordProblem {
  readonly code: 'TOO_SHORT' | 'TOO_LONG' | 'INVALID';
  readonly message: string;
}

/** The problem of a new password, or null. `names` are the owner's user name, e-mail address and the like. */
export function passwordProblem(password: string, names: readonly string[]): PasswordProblem | null {
  const plain = normalized(password, 'NFKC');
  const length = [...plain].length;
  if (length < PASSWORD_LENGTH.least)
    return { code: 'TOO_SHORT', message: `A password needs at least ${PASSWORD_LENGTH.least} characters.` };
  if (length > PASSWORD_LENGTH.most)
    return { code: 'TOO_LONG', message: `A password may have at most ${PASSWORD_LENGTH.most} characters.` };
  const folded = plain.toLowerCase();
  if (names.some((name) => normalized(name, 'NFKC').toLowerCase() === folded))
    return { code: 'INVALID', message: 'The password must differ from your user name and e-mail address.' };
  if (TOO_COMMON.has(folded) || new Set(folded).size < MIN_DISTINCT_CHARACTERS)
    return { code: 'INVALID', message: 'This is one of the most common passwords: choose another.' };
  return null;
}
