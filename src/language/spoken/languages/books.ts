/** A book of the Bible or of the Koran that is cited by chapter and verse. */
export interface Book {
  readonly name: string;
  /** The name is also that of persons: "Luca 3,5" may be a grade. */
  readonly isPerson: boolean;
}

export type Books = ReadonlyMap<string, Book>;

/** The rows of a table: a name and its abbreviations; "*" marks the name of persons. */
function books(table: string): Books {
  const rows = table.split('|').map((row) => row.trim().split(/\s+/u));
  return new Map(
    rows.flatMap(([marked = '', ...short]) => {
      const name = marked.replace('*', '');
      const full = [name, { name, isPerson: marked.startsWith('*') }] as const;
      return [full, ...short.map((key) => [key, { name, isPerson: false }] as const)];
    }),
  );
}

export const ENGLISH_BOOKS = books(
  `Genesis Gen | Exodus Exod | Leviticus Lev | Numbers Num | Deuteronomy Deut | Joshua Josh | Judges Judg | Ruth | Samuel Sam |
  Kings | Chronicles Chron | Ezra | Nehemiah Neh | Esther | Job | Psalm Ps | Psalms | Proverbs Prov | Ecclesiastes Eccl | Isaiah Isa |
  Jeremiah Jer | Lamentations Lam | Ezekiel Ezek | Daniel Dan | Hosea Hos | Joel | Amos | Jonah | Micah | Habakkuk Hab | Zechariah Zech |
  Malachi Mal | Matthew Matt Mt | Mark Mk | Luke Lk | John Jn | Acts | Romans Rom | Corinthians Cor | Galatians Gal | Ephesians Eph |
  Philippians Phil | Colossians Col | Thessalonians Thess | Timothy Tim | Titus | Philemon | Hebrews Heb | James | Peter Pet | Jude |
  Revelation Rev | Surah | Sura | Quran`,
);

export const GERMAN_BOOKS = books(
  `Genesis Gen | Exodus Ex | Levitikus Lev | Numeri Num | Deuteronomium Dtn | Mose Mos | Josua Jos | *Richter Ri | *Ruth Rut | *Samuel Sam |
  Könige Kön | Chronik Chr | Esra | Nehemia Neh | *Ester | Hiob | Ijob | Psalm Ps | Psalmen | Sprüche Spr | Kohelet Koh | Prediger Pred |
  Hoheslied Hld | Jesaja Jes | Jeremia Jer | Klagelieder Klgl | Hesekiel Hes | Ezechiel Ez | *Daniel Dan | Hosea Hos | *Joel | *Amos |
  *Jona | *Micha | Habakuk Hab | Sacharja Sach | Maleachi | *Matthäus Mt | *Markus Mk | *Lukas Lk | *Johannes Joh | Apostelgeschichte Apg |
  Römer Röm | Korinther Kor | Galater Gal | Epheser Eph | Philipper Phil | Kolosser Kol | Thessalonicher Thess | Timotheus Tim | Titus Tit |
  Philemon | Hebräer Hebr | Jakobus Jak | Petrus Petr | Judas | Offenbarung Offb | Sure`,
);

export const FRENCH_BOOKS = books(
  `Genèse Gn | Exode Ex | Lévitique Lv | Nombres | Deutéronome Dt | Josué | Juges | Ruth | Samuel | Rois | Chroniques | Esdras | Néhémie |
  Esther | Job | Psaume Ps | Psaumes | Proverbes Pr | Ecclésiaste | Isaïe Is | Ésaïe | Jérémie Jr | Lamentations | Ézéchiel Ez | Daniel |
  Osée | Joël | Amos | Jonas | Michée | Habacuc | Zacharie | Malachie | Matthieu Mt | Marc Mc | Luc Lc | Jean Jn | Actes Ac | Romains Rm |
  Corinthiens Co | Galates Ga | Éphésiens | Philippiens | Colossiens | Thessaloniciens | Timothée | Tite | Philémon | Hébreux | Jacques |
  Pierre | Jude | Apocalypse Ap | Sourate`,
);

export const SPANISH_BOOKS = books(
  `Génesis Gn | Éxodo Ex | Levítico | Números | Deuteronomio Dt | Josué | Jueces | Rut | Samuel | Reyes | Crónicas | Esdras | Nehemías | Ester |
  Job | Salmo Sal | Salmos | Proverbios Pr | Eclesiastés | Isaías Is | Jeremías Jr | Lamentaciones | Ezequiel Ez | Daniel | Oseas | Joel |
  Amós | Jonás | Miqueas | Habacuc | Zacarías | Malaquías | Mateo Mt | Marcos Mc | Lucas Lc | Juan Jn | Hechos Hch | Romanos Rm | Corintios Co |
  Gálatas | Efesios | Filipenses | Colosenses | Tesalonicenses | Timoteo | Tito | Filemón | Hebreos | Santiago | Pedro | Judas |
  Apocalipsis Ap | Sura`,
);

export const PORTUGUESE_BOOKS = books(
  `Gênesis Gn | Génesis | Êxodo Ex | Levítico | Números | Deuteronômio Dt | Deuteronómio | Josué | Juízes | Rute | Samuel | Reis | Crônicas |
  Esdras | Neemias | Ester | Jó | Salmo Sl | Salmos | Provérbios Pv | Eclesiastes | Isaías Is | Jeremias Jr | Lamentações | Ezequiel Ez |
  Daniel | Oseias | Joel | Amós | Jonas | Miqueias | Habacuque | Zacarias | Malaquias | Mateus Mt | Marcos Mc | Lucas Lc | João Jo | Atos At |
  Romanos Rm | Coríntios Co | Gálatas | Efésios | Filipenses | Colossenses | Tessalonicenses | Timóteo | Tito | Filemom | Hebreus | Tiago |
  Pedro | Judas | Apocalipse Ap | Surata`,
);

export const ITALIAN_BOOKS = books(
  `Genesi Gen | Esodo Es | Levitico Lv | Numeri | Deuteronomio Dt | Giosuè | Giudici | *Rut | *Samuele | Cronache | Esdra | Neemia | *Ester |
  Giobbe | Salmo Sal | Salmi | Proverbi | Qoelet | Isaia Is | Geremia Ger | Lamentazioni | Ezechiele | *Daniele | Osea | Gioele | *Amos |
  Giona | Michea | Abacuc | Zaccaria | Malachia | *Matteo Mt | *Marco Mc | *Luca Lc | *Giovanni Gv | Atti At | Romani Rm | Corinzi Cor |
  Galati | Efesini | Filippesi | Colossesi | Tessalonicesi | Timoteo | *Tito | Filemone | Ebrei | *Giacomo | *Pietro | Giuda |
  Apocalisse Ap | Sura`,
);
