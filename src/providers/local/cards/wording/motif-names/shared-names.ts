/** The names of motifs in all languages side by side, so that none has fewer; written as in `MotifNames`. */
export type SharedNames = Readonly<Record<string, Readonly<Record<NamingLanguage, string>>>>;

export type NamingLanguage = 'en' | 'de' | 'fr' | 'es' | 'pt' | 'it' | 'zh';
