import { describe, expect, it } from 'vitest';
import { CommonPasswords } from '../../auth/common-passwords.ts';
import { PasswordRules } from '../../auth/password-rules.ts';
import { UserFaultError } from '../user-fault.ts';
import { checkedAccount, type NewAccount } from './account-fields.ts';

const rules = new PasswordRules(new CommonPasswords());
const GOOD: NewAccount = { username: 'ann', email: 'ann@example.org', password: 'a quiet blue harbour' };

describe('A new account', () => {
  it('is normalized', () => {
    expect(checkedAccount({ ...GOOD, email: ' ann@example.org ', fullName: '  Ann Lee ' }, rules)).toEqual({
      ...GOOD,
      fullName: 'Ann Lee',
    });
    expect(checkedAccount({ ...GOOD, fullName: '  ' }, rules).fullName).toBeNull();
    // As an address book copies it, and as an attacker writes it.
    expect(checkedAccount({ ...GOOD, fullName: '\u202AAnn Lee\u202C' }, rules).fullName).toBe('Ann Lee');
    expect(checkedAccount({ ...GOOD, fullName: 'Ann\u202E nimda\u2066' }, rules).fullName).toBe('Ann nimda');
    expect(checkedAccount({ ...GOOD, fullName: '\u2067\u2069' }, rules).fullName).toBeNull();
    expect(checkedAccount({ ...GOOD, fullName: 'سارة أحمد' }, rules).fullName).toBe('سارة أحمد');
  });

  it('has a user name of 3 to 50 characters', () => {
    expect(faultsOf({ username: 'ab' })).toEqual([['TOO_SHORT', 'input.username']]);
    expect(faultsOf({ username: 'abc' })).toEqual([]);
    expect(faultsOf({ username: 'a'.repeat(50) })).toEqual([]);
    expect(faultsOf({ username: 'a'.repeat(51) })).toEqual([['TOO_LONG', 'input.username']]);
  });

  it('has a user name of letters, digits, dots, underscores and hyphens', () => {
    expect(faultsOf({ username: 'Ann.Lee_2-b' })).toEqual([]);
    for (const username of ['ann lee', 'ann@lee', 'änne', 'ann\0', 'ann/..'])
      expect(faultsOf({ username })).toEqual([['INVALID', 'input.username']]);
  });

  it('has a real e-mail address of at most 254 characters', () => {
    expect(faultsOf({ email: 'ann' })).toEqual([['INVALID', 'input.email']]);
    expect(faultsOf({ email: `${'a'.repeat(60)}@${'b.'.repeat(95)}org` })).toEqual([]);
    expect(faultsOf({ email: `${'a'.repeat(64)}@${'b.'.repeat(93)}org` })).toEqual([]);
    expect(faultsOf({ email: `${'a'.repeat(64)}@${'b.'.repeat(93)}orgs` })).toEqual([['TOO_LONG', 'input.email']]);
  });

  it('has a full name of at most 200 characters on one line', () => {
    expect(faultsOf({ fullName: '🌊'.repeat(200) })).toEqual([]);
    expect(faultsOf({ fullName: '🌊'.repeat(201) })).toEqual([['TOO_LONG', 'input.fullName']]);
    expect(faultsOf({ fullName: 'Ann\nLee' })).toEqual([['INVALID', 'input.fullName']]);
  });

  it('gets all errors at once', () => {
    expect(faultsOf({ username: 'a', email: 'b', password: 'c', fullName: 'd\te' })).toEqual([
      ['TOO_SHORT', 'input.username'],
      ['INVALID', 'input.email'],
      ['TOO_SHORT', 'input.password'],
      ['INVALID', 'input.fullName'],
    ]);
  });

  it('may not have its user name, full name or e-mail address as password', () => {
    expect(faultsOf({ username: 'margarethe', password: 'Margarethe12' })).toEqual([['INVALID', 'input.password']]);
    expect(faultsOf({ fullName: 'Ottilie Brandt', password: 'ottiliebrandt' })).toEqual([
      ['INVALID', 'input.password'],
    ]);
    expect(faultsOf({ password: 'ANN@example.org' })).toEqual([['INVALID', 'input.password']]);
  });
});

function faultsOf(changed: Partial<NewAccount>): [string, string | undefined][] {
  try {
    checkedAccount({ ...GOOD, ...changed }, rules);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof UserFaultError)) throw thrown;
    return thrown.faults.map(({ code, field }) => [code, field?.join('.')]);
  }
}
