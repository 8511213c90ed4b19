/** The words of a language that say whether a name is a place. All in lower case. */
export interface LocationWords {
  /** Before a place: "in". */
  readonly inside: ReadonlySet<string>;
  /** Before a city only: French "à". */
  readonly inCity: ReadonlySet<string>;
  /** Before a place only after one of `geography` or `motion`: "of", "to". */
  readonly weak: ReadonlySet<string>;
  /** Between such a word and the name: articles, and words such as "northern". */
  readonly between: ReadonlySet<string>;
  /** Parts and kinds of places: "coast", "capital". */
  readonly geography: ReadonlySet<string>;
  /** To come from or to go to: "travel". */
  readonly motion: ReadonlySet<string>;
  /** Before `inside`, these make it something else: "believe in". */
  readonly notBefore: ReadonlySet<string>;
  /** After the name of a country at the beginning of a sentence: "is", "has". */
  readonly verbs: ReadonlySet<string>;
  /** Between two places of the same kind: "and". */
  readonly joining: ReadonlySet<string>;
  /** After a name, these make it something else: "Brazil nuts". */
  readonly notAfter: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

export const LOCATION_WORDS: Readonly<Record<string, LocationWords>> = {
  en: {
    inside: words('in across throughout within inside near from'),
    inCity: NONE,
    weak: words('of to'),
    between: words(
      'the all northern southern eastern western central rural modern ancient present day today much most',
    ),
    geography: words(
      'coast coasts north south east west centre center capital capitals city cities town towns village villages river rivers lake lakes mountain mountains ' +
        'island islands forest forests desert deserts region regions part parts farms farmers fields beaches border borders interior map streets corner corners all most much half',
    ),
    motion: words(
      'travel travels traveled travelled traveling travelling go goes went fly flies flew flown sail sails sailed migrate migrates migrated move moves moved come comes came return returns ' +
        'returned trip trips journey journeys visit visits flight flights export exports exported',
    ),
    notBefore: words(
      'believe believes believed trust faith different apart aside differs differ far invested interest confidence',
    ),
    verbs: words('is has lies was had covers borders produces grows exports'),
    joining: words('and or the in'),
    notAfter: words('nut nuts pig pigs hat hats fowl ink sauce fries style cup dollar dollars shark sharks'),
  },
  de: {
    inside: words('in im aus nach durch innerhalb nahe'),
    inCity: words('bei um'),
    weak: words('von der des'),
    between: words(
      'der die das den dem ganz nördlichen südlichen östlichen westlichen zentralen nördliche südliche heutigen alten gesamten ländlichen fernen',
    ),
    geography: words(
      'küste küsten norden süden osten westen nordosten nordwesten südosten südwesten mitte hauptstadt hauptstädte stadt städte städten dorf dörfer dörfern fluss flüsse see seen berge bergen gebirge ' +
        'insel inseln wald wälder wäldern wüste wüsten region regionen teil teile teilen grenze grenzen hochland tiefland karte',
    ),
    motion: NONE,
    notBefore: words('vertrauen glaube frei'),
    verbs: words('ist hat liegt war hatte grenzt'),
    joining: words('und oder in der die aus'),
    notAfter: NONE,
  },
  fr: {
    inside: words('en au aux dans depuis vers'),
    inCity: words('à'),
    weak: words('de du des d'),
    between: words('le la les l tout toute'),
    geography: words(
      'côte côtes nord sud est ouest centre capitale capitales ville villes village villages fleuve fleuves rivière rivières lac lacs montagne montagnes île îles forêt forêts désert déserts ' +
        'région régions partie parties plages frontière frontières carte intérieur campagne campagnes',
    ),
    motion: words(
      'vient viennent venu venue venus venues vienne originaire originaires provient proviennent importé importée importés arrive arrivent',
    ),
    notBefore: words('grâce contrairement face rapport comparé comparée comparativement confiance croit croire'),
    verbs: words('est a compte possède était'),
    joining: words('et ou en au aux le la les'),
    notAfter: NONE,
  },
  es: {
    inside: words('en desde hacia'),
    inCity: NONE,
    weak: words('de del a al'),
    between: words('el la los las todo toda'),
    geography: words(
      'costa costas norte sur este oeste centro capital capitales ciudad ciudades pueblo pueblos río ríos lago lagos montaña montañas isla islas bosque bosques selva selvas desierto desiertos ' +
        'región regiones parte partes playas frontera fronteras mapa interior campos',
    ),
    motion: words(
      'viene vienen vino vinieron originario originaria originarios originarias procede proceden procedente importado importada viaja viajan viajó viajar viaje llega llegan llegó llegaron ' +
        'emigra emigró emigran emigraron va van fue vuela vuelan voló',
    ),
    notBefore: words('confianza cree creer confiar interés'),
    verbs: words('es tiene está era posee cuenta'),
    joining: words('y e o en el la los'),
    notAfter: NONE,
  },
  pt: {
    inside: words('em no na nos nas desde'),
    inCity: NONE,
    weak: words('de do da dos das para ao à aos'),
    between: words('o a os as todo toda'),
    geography: words(
      'costa costas norte sul leste este oeste centro capital capitais cidade cidades aldeia aldeias vila vilas rio rios lago lagos montanha montanhas serra ilha ilhas floresta florestas ' +
        'deserto desertos região regiões parte partes praias fronteira fronteiras mapa interior litoral sertão campos',
    ),
    motion: words(
      'vem vêm veio vieram originário originária originários originárias provém provêm importado importada viaja viajam viajou viajar viagem chega chegam chegou chegaram vai vão foi voa voam',
    ),
    notBefore: words('confiança acredita acreditar confiar interesse'),
    verbs: words('é tem fica era possui'),
    joining: words('e ou em no na o a os'),
    notAfter: NONE,
  },
  it: {
    inside: words('in nel nella nell nello nei negli nelle verso attraverso'),
    inCity: words('a ad'),
    weak: words('di del della dell dello dei degli delle dal dalla dall dallo dai dagli dalle da'),
    between: words('il la lo l i gli le tutto tutta'),
    geography: words(
      'costa coste nord sud est ovest centro capitale capitali città villaggio villaggi fiume fiumi lago laghi montagna montagne monti isola isole foresta foreste deserto deserti regione regioni ' +
        'parte parti spiagge confine confini mappa campagna campagne interno',
    ),
    motion: words(
      'viene vengono venne vennero arriva arrivano arrivò originario originaria originari originarie proviene provengono importato importata partì parte partono',
    ),
    notBefore: words('fiducia crede credere confidare interesse'),
    verbs: words('è ha si aveva era possiede'),
    joining: words('e ed o in nel nella il la i'),
    notAfter: NONE,
  },
};
