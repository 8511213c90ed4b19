/** Whether a provider may be called now. */
export type Admission =
  | { readonly admitted: true }
  | { readonly admitted: false; readonly because: 'DISABLED' }
  /** Its circuit is open after repeated failures; a single call is allowed in so many seconds. */
  | { readonly admitted: false; readonly because: 'RESTING'; readonly seconds: number };

/** What all processes share about providers: which are disabled, and whose circuit is open. */
export interface ProviderStates {
  /** False while an operator has disabled it. */
  isEnabled(provider: string): Promise<boolean>;
  /** Once a rest is over it admits one caller; the others wait for that call's result. */
  admit(provider: string): Promise<Admission>;
  succeeded(provider: string): Promise<void>;
  /** `code` says whether the provider rests at once (a wrong key) or after several failures in a row. */
  failed(provider: string, code: string): Promise<void>;
}

/** Admits every provider always. */
export const NO_STATES: ProviderStates = {
  isEnabled: async () => true,
  admit: async () => ({ admitted: true }),
  succeeded: async () => undefined,
  failed: async () => undefined,
};
