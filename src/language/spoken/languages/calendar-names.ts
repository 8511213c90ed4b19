/** Names of days and months by how they are written, each with its abbreviations. */
export interface CalendarNames {
  readonly days: ReadonlyMap<string, string>;
  readonly months: ReadonlyMap<string, string>;
  /** "Monday to Friday", or of months; `before` is the word before it. */
  span(from: string, to: string, before: string): string;
}

/** The rows of a table: a name and its abbreviations. `isProper`: names are always written with a capital. */
function names(table: string, isProper: boolean): ReadonlyMap<string, string> {
  const entries = table.split('|').flatMap((row) => {
    const [name = '', ...others] = row.trim().split(' ');
    const keys = [name, ...others];
    const capitals = isProper ? [] : keys.map((key) => key.charAt(0).toUpperCase() + key.slice(1));
    return [...keys, ...capitals].map((key) => [key, name] as const);
  });
  return new Map(entries);
}

const join = (word: string) => (from: string, to: string) => `${from} ${word} ${to}`;

export const ENGLISH_CALENDAR: CalendarNames = {
  days: names(
    'Monday Mon | Tuesday Tue Tues | Wednesday Wed Weds | Thursday Thu Thur Thurs | Friday Fri | Saturday Sat | Sunday Sun',
    true,
  ),
  months: names(
    'January Jan | February Feb | March Mar | April Apr | May | June Jun | July Jul | August Aug | September Sept Sep | October Oct | November Nov | December Dec',
    true,
  ),
  span: join('to'),
};

export const GERMAN_CALENDAR: CalendarNames = {
  days: names(
    'Montag Mo | Dienstag Di | Mittwoch Mi | Donnerstag Do | Freitag Fr | Samstag Sa | Sonnabend | Sonntag So',
    true,
  ),
  months: names(
    'Januar Jan | Jänner | Februar Feb | März Mär | April Apr | Mai | Juni Jun | Juli Jul | August Aug | September Sept Sep | Oktober Okt | November Nov | Dezember Dez',
    true,
  ),
  span: join('bis'),
};

export const FRENCH_CALENDAR: CalendarNames = {
  days: names('lundi lun | mardi mar | mercredi mer | jeudi jeu | vendredi ven | samedi sam | dimanche dim', false),
  months: names(
    'janvier janv | février févr fév | mars | avril avr | mai | juin | juillet juil | août | septembre sept | octobre oct | novembre nov | décembre déc',
    false,
  ),
  span: (from, to, before) => {
    const isMonth = !/di$|dimanche/u.test(from);
    const [of, until] = isMonth ? ['de', 'à'] : ['du', 'au'];
    return `${before.toLowerCase() === of ? '' : `${of} `}${from} ${until} ${to}`;
  },
};

export const SPANISH_CALENDAR: CalendarNames = {
  days: names(
    'lunes lun L | martes mar | miércoles mié mie | jueves jue | viernes vie V | sábado sáb sab | domingo dom D',
    false,
  ),
  months: names(
    'enero ene | febrero feb | marzo | abril abr | mayo may | junio jun | julio jul | agosto ago | septiembre sept sep | setiembre | octubre oct | noviembre nov | diciembre dic',
    false,
  ),
  span: join('a'),
};

export const PORTUGUESE_CALENDAR: CalendarNames = {
  days: names('segunda seg | terça ter | quarta qua | quinta qui | sexta sex | sábado sáb sab | domingo dom', false),
  months: names(
    'janeiro jan | fevereiro fev | março mar | abril abr | maio mai | junho jun | julho jul | agosto ago | setembro set | outubro out | novembro nov | dezembro dez',
    false,
  ),
  span: join('a'),
};

export const ITALIAN_CALENDAR: CalendarNames = {
  days: names(
    'lunedì lun | martedì mar | mercoledì mer | giovedì gio | venerdì ven | sabato sab | domenica dom',
    false,
  ),
  months: names(
    'gennaio gen | febbraio feb | marzo mar | aprile apr | maggio mag | giugno giu | luglio lug | agosto ago | settembre set | ottobre ott | novembre nov | dicembre dic',
    false,
  ),
  span: (from, to, before) => `${/^dal?$/iu.test(before) ? '' : 'da '}${from} a ${to}`,
};
