import { type UserFault, UserFaultError } from '../user-fault.ts';

/** What a user gives for a key of their own: `key` alone, or with what else the service needs. */
export interface GivenKey {
  readonly provider: string;
  /** For AWS the secret access key. */
  readonly key: string;
  /** For AWS: which key the secret belongs to. */
  readonly accessKeyId?: string | undefined;
  /** Where the service runs that the key belongs to. */
  readonly region?: string | undefined;
}

/** What a provider takes, or why it takes no key of a user's own. */
export type KeyForm =
  | {
      readonly provider: string;
      readonly hasAccessKeyId: boolean;
      readonly region: 'none' | 'optional' | 'required';
    }
  | { readonly provider: string; readonly refusal: string };

/** In UTF-16 units; real keys have 20 to 200. */
export const KEY_LENGTH = { least: 16, most: 500 } as const;
/** A header's value: printable ASCII without blanks. */
const KEY = /^[\x21-\x7e]{1,500}$/;
/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKey.html: 16 to 128 word characters. */
const ACCESS_KEY_ID = /^\w{16,128}$/;
/** Those of temporary credentials (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html). */
const TEMPORARY_PREFIX = 'ASIA';
/** A part of a host's name, and no more: it cannot lead to another host. */
const REGION = /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/;

/** What was given, without blanks around it and without what is left empty. Throws the fault of what cannot be a key of this provider. */
export function checkedKey(forms: readonly KeyForm[], given: GivenKey): GivenKey {
  const form = formOf(forms, given.provider);
  const [key, accessKeyId, region] = [given.key.trim(), given.accessKeyId?.trim(), given.region?.trim()];
  const fault =
    keyFault(key) ?? accessKeyIdFault(form.hasAccessKeyId, accessKeyId ?? '') ?? regionFault(form.region, region ?? '');
  if (fault) throw new UserFaultError(fault);
  return {
    provider: given.provider,
    key,
    ...(accessKeyId ? { accessKeyId } : {}),
    ...(region ? { region } : {}),
  };
}

function formOf(forms: readonly KeyForm[], provider: string): Exclude<KeyForm, { refusal: string }> {
  const form = forms.find((one) => one.provider === provider);
  const field = ['provider'];
  if (form === undefined) {
    const names = forms.flatMap((one) => ('refusal' in one ? [] : [one.provider]));
    const message = `There is no provider of this name that takes a key of your own; there is ${names.join(', ')}.`;
    throw new UserFaultError({ code: 'NOT_FOUND', message, field });
  }
  if ('refusal' in form) throw new UserFaultError({ code: 'UNSUPPORTED', message: form.refusal, field });
  return form;
}

function keyFault(key: string): UserFault | undefined {
  const field = ['key'];
  if (key.length < KEY_LENGTH.least)
    return { code: 'TOO_SHORT', message: `A key has at least ${KEY_LENGTH.least} characters.`, field };
  if (key.length > KEY_LENGTH.most)
    return { code: 'TOO_LONG', message: `A key has at most ${KEY_LENGTH.most} characters.`, field };
  if (KEY.test(key)) return undefined;
  return { code: 'INVALID', message: 'A key has no blanks, and only letters, digits and signs of ASCII.', field };
}

function accessKeyIdFault(isNeeded: boolean, id: string): UserFault | undefined {
  const field = ['accessKeyId'];
  if (!isNeeded)
    return id === '' ? undefined : { code: 'INVALID', message: 'The keys of this provider have no id.', field };
  if (id === '')
    return { code: 'REQUIRED', message: 'This provider needs the id of the key, too: accessKeyId.', field };
  if (id.startsWith(TEMPORARY_PREFIX))
    return { code: 'INVALID', message: 'This is a temporary key, which ends within hours: make a lasting one.', field };
  if (ACCESS_KEY_ID.test(id)) return undefined;
  return { code: 'INVALID', message: 'The id of a key has 16 to 128 letters and digits.', field };
}

function regionFault(region: 'none' | 'optional' | 'required', given: string): UserFault | undefined {
  const field = ['region'];
  if (given === '')
    return region === 'required'
      ? { code: 'REQUIRED', message: 'This provider needs the region of the key, too: region.', field }
      : undefined;
  if (region === 'none') return { code: 'INVALID', message: 'The keys of this provider have no region.', field };
  if (REGION.test(given)) return undefined;
  return { code: 'INVALID', message: 'A region is written like eu-central-1 or westeurope.', field };
}

/** As it is encrypted: the key alone, or region, id and key with a blank between them, which none of them has. */
export function keyText({ key, accessKeyId = '', region = '' }: Omit<GivenKey, 'provider'>): string {
  return accessKeyId === '' && region === '' ? key : [region, accessKeyId, key].join(' ');
}

export function keyOfText(text: string): Omit<GivenKey, 'provider'> {
  const [region, accessKeyId, key] = text.split(' ');
  if (key === undefined) return { key: text };
  return { key, ...(accessKeyId ? { accessKeyId } : {}), ...(region ? { region } : {}) };
}
