import { z } from 'zod';
import type { PasswordRules } from '../../auth/password-rules.ts';
import { normalized, withoutDirectionControls } from '../../unicode.ts';
import { type UserFault, UserFaultError } from '../user-fault.ts';

/** The input for a new account. */
export interface NewAccount {
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly fullName?: string | null | undefined;
}

/** The same, validated and normalized. */
export interface CheckedAccount {
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly fullName: string | null;
}

/** Lengths count code points. */
export const ACCOUNT_LIMITS = {
  username: { least: 3, most: 50 },
  /** RFC 5321, 4.5.3.1.3, without the angle brackets. */
  email: { most: 254 },
  fullName: { most: 200 },
} as const;

/** Plain ASCII, so that no two names look alike; no @, so that a user name is never mistaken for an e-mail address. */
const USERNAME = /^[A-Za-z0-9._-]+$/;
/**
 * The user name to look for where a user has entered this: empty, which no user has, where it cannot be one. Only ASCII is folded in the
 * same way everywhere: for PostgreSQL the Turkish İ is an i, but another name to count guesses by.
 */
export function soughtUsername(entered: string): string {
  return USERNAME.test(entered) ? entered : '';
}

const CONTROL_CHARACTERS = /\p{Cc}/u;

/** Throws UserFaultError with every fault at once. */
export function checkedAccount(input: NewAccount, rules: PasswordRules): CheckedAccount {
  const username = input.username.trim();
  const email = input.email.trim();
  const fullName = shownText(input.fullName ?? '');
  const problems = {
    username: usernameProblem(username),
    email: emailProblem(email),
    password: rules.problem(input.password, [username, email, fullName ?? '']),
    fullName: fullNameProblem(fullName),
  };
  const faults = Object.entries(problems).flatMap(([name, problem]) =>
    problem ? [{ ...problem, field: ['input', name] }] : [],
  );
  if (faults.length > 0) throw new UserFaultError(...faults);
  return { username, email, password: input.password, fullName };
}

/** A text that users show of themselves, as it is stored; null where nothing remains. */
export function shownText(text: string): string | null {
  return withoutDirectionControls(normalized(text, 'NFC')).trim() || null;
}

type Problem = Pick<UserFault, 'code' | 'message'> | null;

function usernameProblem(username: string): Problem {
  const { least, most } = ACCOUNT_LIMITS.username;
  if (lengthOf(username) < least)
    return { code: 'TOO_SHORT', message: `A user name needs at least ${least} characters.` };
  if (lengthOf(username) > most)
    return { code: 'TOO_LONG', message: `A user name may have at most ${most} characters.` };
  if (USERNAME.test(username)) return null;
  return {
    code: 'INVALID',
    message: 'A user name may contain letters from a to z, digits, dots, underscores and hyphens.',
  };
}

function emailProblem(email: string): Problem {
  const { most } = ACCOUNT_LIMITS.email;
  if (lengthOf(email) > most)
    return { code: 'TOO_LONG', message: `An e-mail address may have at most ${most} characters.` };
  return z.email().safeParse(email).success ? null : { code: 'INVALID', message: 'This is not an e-mail address.' };
}

function fullNameProblem(fullName: string | null): Problem {
  const { most } = ACCOUNT_LIMITS.fullName;
  if (fullName === null) return null;
  if (lengthOf(fullName) > most)
    return { code: 'TOO_LONG', message: `A full name may have at most ${most} characters.` };
  return CONTROL_CHARACTERS.test(fullName)
    ? { code: 'INVALID', message: 'A full name is one line of plain text.' }
    : null;
}

function lengthOf(text: string): number {
  return [...text].length;
}
