import { type UserFault, UserFaultError } from '../user-fault.ts';
import { ACCOUNT_LIMITS, shownText } from './account-fields.ts';

/** A field that is left out stays as it is; null clears it. */
export interface ProfileChange {
  readonly fullName?: string | null | undefined;
  readonly bio?: string | null | undefined;
  readonly avatarUrl?: URL | string | null | undefined;
  readonly website?: URL | string | null | undefined;
  readonly location?: string | null | undefined;
  readonly phone?: string | null | undefined;
}

export type ProfileField = keyof ProfileChange;
export type CheckedProfile = Partial<Record<ProfileField, string | null>>;

/** Lengths count code points. */
export const PROFILE_LIMITS = {
  fullName: ACCOUNT_LIMITS.fullName.most,
  bio: 2_000,
  avatarUrl: 2_000,
  website: 2_000,
  location: 200,
  phone: 30,
} as const satisfies Record<ProfileField, number>;

const FIELDS = ['fullName', 'bio', 'avatarUrl', 'website', 'location', 'phone'] as const;
const PHONE = /^\+?[0-9()/. -]{4,30}$/;
const CONTROLS = /\p{Cc}/u;
const CONTROLS_IN_TEXT = /[\p{Cc}--[\t\n]]/v;

/** Throws UserFaultError with every fault at once. */
export function checkedProfile(change: ProfileChange): CheckedProfile {
  const faults: UserFault[] = [];
  const checked: CheckedProfile = {};
  for (const name of FIELDS) {
    const given = change[name];
    if (given === undefined) continue;
    const text = given === null ? null : shownText(String(given));
    const problem = text === null ? null : problemOf(name, text);
    if (problem) faults.push({ ...problem, field: ['input', name] });
    else checked[name] = text;
  }
  if (faults.length > 0) throw new UserFaultError(...faults);
  return checked;
}

function problemOf(name: ProfileField, text: string): Pick<UserFault, 'code' | 'message'> | null {
  const most = PROFILE_LIMITS[name];
  if ([...text].length > most) return { code: 'TOO_LONG', message: `This may have at most ${most} characters.` };
  if ((name === 'avatarUrl' || name === 'website') && !isWebAddress(text))
    return { code: 'INVALID', message: 'This must be a web address that begins with https:// or http://.' };
  if (name === 'phone' && !PHONE.test(text))
    return { code: 'INVALID', message: 'A phone number consists of digits, and may begin with +.' };
  const controls = name === 'bio' ? CONTROLS_IN_TEXT : CONTROLS;
  return controls.test(text)
    ? { code: 'INVALID', message: 'This must be plain text without control characters.' }
    : null;
}

/** The server never opens it; clients do, and must not run what it names. */
function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}
