/** The grammar of sentences that say what something is: "A glacier is a mass of ice that moves." */
export interface DefinitionWords {
  /** The verb and the space after it; the article of what follows is not part of the match. */
  readonly verb: RegExp;
  /** Articles at the beginning of a subject. */
  readonly article: RegExp;
  /** Words that may join two nouns of a subject: "the speed of light". Lower case. */
  readonly joints: ReadonlySet<string>;
  /**
   * Words of subjects that are not defined but judged or described: "the problem is a lack of money", "tomorrow is a
   * holiday"; verbs before a clause without "that"; and predicates that come first. Lower case.
   */
  readonly others: ReadonlySet<string>;
  /** What begins like a definition and is none: "a lot older", "a good idea". */
  readonly vague: RegExp;
  /** Begins a clause that can be left out: ", and it moves slowly". */
  readonly nextClause: RegExp;
}

/** By primary language subtag. Chinese has rules of its own. */
export const DEFINITION_WORDS: Readonly<Record<string, DefinitionWords>> = {
  en: {
    verb: / is (?=(?:an?|the) )/u,
    article: /^(?:an?|the) /iu,
    joints: words('of the and for in'),
    others:
      words(`problem reason result idea answer goal aim question plan point fact truth trick key solution secret rest difference
      opposite cause effect alternative exception consequence process change job today tomorrow yesterday tonight monday
      tuesday wednesday thursday friday saturday sunday morning believe believes believed think thinks thought argue argues
      argued suggest suggests suggested hope hopes hoped claim claims feels felt found agree agrees agreed
      mean insist insists insisted warn warns warned report reports reported explain explains sure certain clear
      missing included hidden gone sometimes usually often clearly obviously luckily sadly unfortunately fortunately`),
    vague:
      /^(?:an?|the) (?:lot|hour|minute|day|week|month|year|metre|meter|mile|kilometre|kilometer|million|billion|thousand|hundred|dozen|bit|little|few|long way|pity|shame|must|mess|while|mystery|good|great|bad|better|nice|perfect|real|true|whole|same|only|other|next|first|last|best|worst|most|one|reason|problem|result|case|matter|question|sign|symbol|chance|risk|joke|lie|rumou?r|beginning|end|start|key|answer)(?!\p{L})/iu,
    nextClause: /, and (?:it|they|he|she|this|that|these|we|you) /u,
  },
  de: {
    verb: / ist (?=(?:eine?|der|die|das) )/u,
    article: /^(?:eine?|der|die|das) /iu,
    joints: words('der des von und für im in'),
    others:
      words(`problem grund ergebnis idee antwort ziel frage plan punkt wahrheit trick schlüssel lösung geheimnis rest unterschied
      gegenteil ursache folge alternative ausnahme heute morgen gestern montag dienstag mittwoch donnerstag freitag samstag
      sonntag nachmittag mittag manchmal oft meistens gut schlecht neu alt groß klein klar sicher gewiss schuld schön schwer leicht
      teuer interessant bekannt berühmt dabei inzwischen mittlerweile vorbei tatsächlich letztlich eigentlich leider zudem`),
    vague:
      /^(?:eine?|der|die|das) (?:bisschen|Stunde|Minute|Tag|Woche|Monat|Jahr|Meter|Kilometer|Meinung|Ansicht|Auffassung|Überzeugung|Million|Milliarde|Dutzend|wenig|paar|Weile|Stück|Muss|Grund|Problem|Rätsel|gute[rs]?|schlechte[rs]?|echte[rs]?|wahre[rs]?|ganze[rs]?|einzige[rs]?|andere[rs]?|nächste[rs]?|erste[rs]?|letzte[rs]?|beste[rs]?|Zeichen|Risiko|Lüge|Gerücht|Ende|Anfang|Frage|Sache)(?!\p{L})/u,
    nextClause: /, und (?:er|sie|es|diese[rs]?|das|man|wir) /u,
  },
  fr: {
    verb: / est (?=(?:une?|le|la) |l[’'])/u,
    article: /^(?:(?:une?|le|la) |l[’'])/iu,
    joints: words('de du des d la le et à en'),
    others:
      words(`problème raison résultat idée réponse but objectif question plan point vérité clé solution secret reste différence contraire
      cause effet alternative exception conséquence demain hier lundi mardi mercredi jeudi vendredi samedi dimanche matin soir
      parfois certes important fait`),
    vague:
      /^(?:(?:une?|le|la) |l[’'])(?:peu|heure|minute|jour|semaine|mois|an|mètre|kilomètre|million|milliard|millier|centaine|dizaine|bon|bonne|mauvais|mauvaise|vrai|vraie|belle|beau|même|seul|seule|autre|premier|première|dernier|dernière|meilleur|meilleure|pire|plus|raison|problème|question|cas|signe|risque|mensonge|fin|début|clé|des)(?!\p{L})/u,
    nextClause: /, et (?:il|elle|ils|elles|on|cela|nous) /u,
  },
  es: {
    verb: / es (?=(?:una?|el|la) )/u,
    article: /^(?:una?|el|la) /iu,
    joints: words('de del la los las y en'),
    others:
      words(`problema razón motivo resultado idea respuesta objetivo meta pregunta plan punto verdad clave solución secreto resto diferencia
      causa efecto alternativa excepción consecuencia hoy mañana ayer lunes martes miércoles jueves viernes sábado domingo importante
      hecho`),
    vague:
      /^(?:una?|el|la) (?:poco|hora|minuto|día|semana|mes|año|metro|kilómetro|millón|millar|centenar|docena|buena?|buen|mala?|mal|verdadera?|mism[oa]|únic[oa]|otr[oa]|primer[oa]?|últim[oa]|mejor|peor|más|razón|problema|cuestión|caso|señal|riesgo|mentira|fin|final|principio|clave|que)(?!\p{L})/u,
    nextClause: /, y (?:él|ella|ello|ellos|ellas|esto|eso|se) /u,
  },
  pt: {
    verb: / é (?=(?:uma?|o|a) )/u,
    article: /^(?:uma?|o|a) /iu,
    joints: words('de do da dos das e em'),
    others:
      words(`problema razão motivo resultado ideia resposta objetivo meta pergunta plano ponto verdade chave solução segredo resto
      diferença causa efeito alternativa exceção consequência hoje amanhã ontem segunda terça quarta quinta sexta sábado domingo
      importante fato facto`),
    vague:
      /^(?:uma?|o|a) (?:pouco|hora|minuto|dia|semana|mês|ano|metro|quilômetro|quilómetro|milhão|bilhão|milhar|centena|dúzia|boa|bom|má|mau|verdadeir[oa]|mesm[oa]|únic[oa]|outr[oa]|primeir[oa]|últim[oa]|melhor|pior|mais|razão|problema|questão|caso|sinal|risco|mentira|fim|final|início|chave|que)(?!\p{L})/u,
    nextClause: /, e (?:ele|ela|eles|elas|isso|isto) /u,
  },
  it: {
    verb: / è (?=(?:uno?|una|il|lo|la) |(?:un|l)[’'])/u,
    article: /^(?:(?:uno?|una|il|lo|la) |(?:un|l)[’'])/iu,
    joints: words('di del della dello dei delle d e in'),
    others:
      words(`problema ragione motivo risultato idea risposta obiettivo scopo domanda piano punto verità chiave soluzione segreto resto
      differenza causa effetto alternativa eccezione conseguenza oggi domani ieri lunedì martedì mercoledì giovedì venerdì sabato
      domenica importante fatto`),
    vague:
      /^(?:(?:uno?|una|il|lo|la) |(?:un|l)[’'])(?:po[’']|poco|ora|minuto|giorno|settimana|mese|anno|metro|chilometro|milione|miliardo|migliaio|centinaio|dozzina|buon|buona|buono|cattiv[oa]|ver[oa]|stess[oa]|unic[oa]|altr[oa]|prim[oa]|ultim[oa]|miglior[e]?|peggior[e]?|più|ragione|problema|questione|caso|segno|rischio|bugia|fine|inizio|chiave)(?!\p{L})/u,
    nextClause: /, e (?:esso|essa|essi|lui|lei|questo|questa|si) /u,
  },
};

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/u));
}
