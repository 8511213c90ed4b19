import { moneyOf } from '../../money.ts';
import type { UserFault } from '../user-fault.ts';

type Maybe<T> = T | null | undefined;

/** The capabilities for which a video may prefer a provider. */
export type ChosenCapability = 'text' | 'image' | 'speech';

/** The part of a request that says who makes the video, and what it may cost. */
export interface ProviderChoiceInput {
  readonly maxCost?: Maybe<string>;
  readonly providers?: Maybe<Readonly<Partial<Record<ChosenCapability, Maybe<string>>>>>;
  readonly voice?: Maybe<{ readonly provider?: Maybe<string> }>;
}

/** As a video's row has it. */
export type ProviderChoice = Readonly<Partial<Record<ChosenCapability | 'voice', string>>>;

const CAPABILITIES = ['text', 'image', 'speech'] as const;

/** `namesOf`: the configured providers of a capability. */
export function checkProviderChoice(
  { maxCost, providers }: ProviderChoiceInput,
  namesOf: (capability: ChosenCapability) => readonly string[],
  add: (code: UserFault['code'], message: string, ...path: string[]) => void,
): void {
  if (maxCost != null && moneyOf(maxCost) < 0) add('INVALID', 'This must not be negative.', 'maxCost');
  for (const capability of CAPABILITIES) {
    const name = providers?.[capability];
    if (name == null) continue;
    const known = namesOf(capability);
    if (known.includes(name)) continue;
    const message = `There is no provider of this name that is set up here; there is ${known.join(', ')}.`;
    add('NOT_FOUND', message, 'providers', capability);
  }
}

/** Null where the user has chosen none. */
export function providerChoiceOf({ providers, voice }: ProviderChoiceInput): ProviderChoice | null {
  const chosen = [
    ...CAPABILITIES.map((capability) => [capability, providers?.[capability]] as const),
    ['voice', voice?.provider] as const,
  ].filter(([, name]) => name != null);
  return chosen.length === 0 ? null : Object.fromEntries(chosen);
}
