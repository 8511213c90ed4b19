/**
 * What the built-in providers say of themselves, apart from their code: the main process only needs this, and does not load
 * what only its threads execute.
 */

export const LOCAL_TEXT = { name: 'local', models: ['script-1'], paid: false, writesTopics: false } as const;
export const LOCAL_IMAGE = { name: 'local', models: ['local-cards-3'], paid: false } as const;
export const LOCAL_ANALYSIS = { name: 'local', models: ['extract-1'], paid: false } as const;
