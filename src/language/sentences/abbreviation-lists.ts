/**
 * Abbreviations by language, in lower case without the last full stop. From the sentence break suppressions of CLDR 46.1
 * (cldr-segments-full, Unicode License V3), without those that are also words ("All.", "In.", "So."), with additions of
 * our own. Unicode's rules already join an abbreviation to a lower-case word after it; the lists are for what is followed
 * by a capital letter or a digit.
 */
interface AbbreviationLists {
  /** Never at the end of a sentence: titles before names, "for example" and similar. */
  readonly neverLast: ReadonlySet<string>;
  /** Before a number: "Fig. 3", "Jan. 5". */
  readonly beforeNumber: ReadonlySet<string>;
  /** At the end of a sentence only if the next word begins one ("The"): "the U.S. Army", "in the U.S. The …". */
  readonly sometimesLast: ReadonlySet<string>;
}

const NONE: AbbreviationLists = { neverLast: new Set(), beforeNumber: new Set(), sometimesLast: new Set() };

const LISTS: Readonly<Record<string, AbbreviationLists>> = {
  en: {
    neverLast:
      set(`dr drs mr mrs ms messrs prof rev hon gen maj col sgt cpl capt cmdr lt lt.cdr adm st mt sen rep gov pres
      amb supt e.g i.e cf vs viz approx`),
    beforeNumber:
      set(`no nos nr p pp vol vols fig figs ch sec eq art par pt apt ca c est tel ext jan feb mar apr jun jul aug
      sep sept oct nov dec mon tue tues wed thu thur thurs fri
      min max chap sect ref hrs mins secs`),
    sometimesLast:
      set(`inc ltd co corp jr sr u.s u.s.a u.s.c u.k u.n e.u n.y l.a d.c s.a s.a.r n.v b.v p.v s.p.a s.e b.c a.d
      ph.d m.d b.a m.a j.d m.i.t p.o l.p c.o.d misc num abs adj adv capt comm conn def dept diff exec hon.b.a hz kb gb mb mgr
      phys pvt rt sq var yr jan feb aug sept oct nov dec ff etc a.m p.m`),
  },
  de: {
    neverLast:
      set(`dr drs prof hr hrn fr frl st dipl.-ing dipl.-kfm ing z z.b d d.h u u.a i o s s.a vgl bzw ca evtl ggf ggfs
      inkl exkl einschl zzgl sog nr abb art abs kap mio mrd geb gest verh ehem eigtl näml entspr röm röm.-kath kath ev österr
      schweiz frz reg.-bez i.a i.d.r o.ä u.u m.e v.a jew hrsg verf urspr mind max tägl amtl rd gem lt bspw u v`),
    beforeNumber:
      set(`nr abs art kap abb s seite bd fig jan feb apr jun jul aug sep sept okt nov dez mo di mi do sa tel ca
      um mind max`),
    sometimesLast:
      set(`bzgl jh jahrh u.ä u.v.a v.chr n.chr v.h u.s u.s.a e.v a.d gmbh inc ltd co jr hbf str fam gebr abt akt
      bibl std ztr pfd dtzd msp pers`),
  },
  fr: {
    neverLast: set('dr drs m mm mme mmes mlle mlles me pr st ste p.ex cf env av apr no mgr ap éd'),
    beforeNumber:
      set(`no nos n p pp vol fig art chap env janv févr avr juil sept oct nov déc lun mar mer jeu ven sam dim tél
      av apr ap min max réf`),
    sometimesLast:
      set(`s.a u.s u.s.a inc jr j.-c av.j.-c ap.j.-c p.-d.g adr anc config coll collab doc encycl illustr réf
      syst trad univ ann vol`),
  },
  es: {
    neverLast:
      set(`dr dra dres drs sr sra sres sras srta srtas d dña prof profa p p.ej ej núm aprox cf vs av avda excmo excma
      excmos excmas exmo exma ilmo ilma lic licdo licda ldo lda mons rvdo sto sta fr gral c v.gr dtor`),
    beforeNumber:
      set(`núm n p pág págs vol fig figs art cap ene feb abr may jun jul ago sept set oct nov dic lun mar mié jue
      vie sáb dom tel mín máx min max`),
    sometimesLast:
      set(`ee.uu ee.uu.aa jj.oo rr.hh ff.cc ss.mm ss.aa u.s u.s.a s.a s.l a.c d.c c.v r.d r.u inc ltd ltda corp cía
      dpto depto dptos hnos prov trad vda ej`),
  },
  pt: {
    neverLast:
      set(`dr dra drs dras sr sra srs sras srta srtas prof profa profs p p.ex ex núm aprox cf vs av exmo exma ilmo ilma
      sto sta pe eng arq d r des`),
    beforeNumber: set(
      `núm n p pág págs pp vol fig art cap séc jan fev mar abr mai jun jul ago set out nov dez tel mín máx min max`,
    ),
    sometimesLast: set('s.a a.c d.c u.s inc ltd ltda w.c v.t n.t ph.d jr adm créd dir doc ed univ trad'),
  },
  it: {
    neverLast:
      set(`dr dott dottssa prof profssa sig sigg sigra signa ing avv arch geom rag on mons card cav rev s p p.es es fig cfr
      ca vs n.b tav tab sez mitt`),
    beforeNumber: set(
      'n nn p pag pagg vol fig art cap sec gen feb mar apr mag giu lug ago set sett genn febbr ott nov dic tel min max',
    ),
    sometimesLast: set('a.c d.c s.p.a s.r.l u.s u.s.a s.a.r n.d.a n.d.r n.d.t n.d.e c.p inc ltd vv o.d.g'),
  },
  nl: {
    neverLast: set('dr prof dhr mevr mw bijv bv ca nl incl excl o.a d.w.z m.b.t z.g'),
    beforeNumber: set('nr p blz fig art jan feb mrt apr jun jul aug sep sept okt nov dec'),
    sometimesLast: set('enz etc n.v b.v n.chr v.chr'),
  },
};

/** The lists of a language; empty for one that has none. */
export function abbreviationsOf(base: string): AbbreviationLists {
  return LISTS[base] ?? NONE;
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u));
}
