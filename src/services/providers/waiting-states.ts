import { retryWhileUnreachable } from '../../db/retry-while-unreachable.ts';
import type { SharedProviderStates } from './shared-provider-states.ts';

type States = Pick<SharedProviderStates, 'isEnabled' | 'admit' | 'succeeded' | 'failed'>;

/** The states for work that waits for an unreachable database until the signal, so that its loss costs no attempt of a stage. */
export function waitingStates(states: States, until: AbortSignal): States {
  return {
    isEnabled: (name) => retryWhileUnreachable(until, () => states.isEnabled(name)),
    admit: (name) => retryWhileUnreachable(until, () => states.admit(name)),
    succeeded: (name) => retryWhileUnreachable(until, () => states.succeeded(name)),
    failed: (name, code) => retryWhileUnreachable(until, () => states.failed(name, code)),
  };
}
