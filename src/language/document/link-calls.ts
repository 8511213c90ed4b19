/** The text of a link: the parts from `from` to before `to`. */
export interface LinkParts {
  readonly from: number;
  readonly to: number;
}

/** A longer text of a link says something. UTF-16 units. */
const LONGEST = 40;

/** Whole texts of links that only say what to click, in the eight languages. */
const CALLS: readonly RegExp[] = [
  /^(?:(?:read|learn|find out|see|view|show|discover) (?:more|on)(?: here| about it)?|more(?: info(?:rmation)?| details)?|(?:view|see|show|get) (?:all|(?:the )?(?:full )?(?:details|article|story|list))|(?:click|tap|press) here|here|continue reading|keep reading|read (?:the )?(?:full |whole )?(?:article|story|post|text)|full (?:story|article)|(?:buy|shop|order|book|register|subscribe|download|sign up|join)(?: now| here| today)?|get started|try it(?: now| free)?|go to (?:the )?(?:website|page|shop))$/iu,
  /^(?:mehr (?:erfahren|lesen|dazu|infos?|informationen|anzeigen|sehen|details)|weiterlesen|weitere informationen|jetzt (?:lesen|kaufen|bestellen|anmelden|buchen|entdecken|ansehen|registrieren|herunterladen)|hier klicken|klicken sie hier|klick hier|hier|zum (?:artikel|shop|angebot|produkt|download|beitrag)|zur (?:webseite|website|startseite|seite|anmeldung)|details(?: ansehen| anzeigen)?|alle (?:ansehen|anzeigen))$/iu,
  /^(?:en savoir (?:plus|davantage)|lire (?:la suite|plus|l['’]article|l['’]article complet)|voir (?:plus|tout|les détails|la suite|le détail|l['’]article)|cliquez ici|cliquer ici|ici|découvrir|plus d['’](?:infos?|informations)|acheter(?: maintenant)?|s['’]inscrire|je m['’]inscris|s['’]abonner|télécharger)$/iu,
  /^(?:(?:leer|saber|ver|descubre|conoce) más|más (?:información|detalles|info)|ver (?:todo|todos|detalles|el artículo)|(?:seguir|continuar|sigue) leyendo|(?:haz|haga) clic aquí|pincha aquí|aquí|comprar(?: ahora)?|suscríbete|suscribirse|descargar|regístrate)$/iu,
  /^(?:(?:leia|ler|saiba|saber|veja|ver|descubra) mais|mais (?:informações|detalhes)|ver (?:tudo|todos|detalhes|o artigo)|(?:continue|continuar) (?:lendo|a ler)|clique aqui|aqui|comprar(?: agora)?|baixar|descarregar|inscreva-se|cadastre-se)$/iu,
  /^(?:(?:leggi|scopri) (?:tutto|di più|l['’]articolo|ancora|ora)|per saperne di più|saperne di più|continua a leggere|clicca qui|qui|(?:maggiori|più|ulteriori) informazioni|vedi (?:tutto|tutti|dettagli|altro)|vai al sito|acquista(?: ora)?|scarica|iscriviti|abbonati)$/iu,
  /^(?:(?:点击|點擊|點選|立即|马上|馬上)?(?:查看|阅读|閱讀|了解|瞭解|观看|觀看|看)(?:更多|详情|詳情|全文|原文|全部|更多详情|更多詳情|详细内容|詳細內容|更多内容|更多內容)|更多(?:详情|詳情|内容|內容|资讯|資訊)?|详情|詳情|(?:点击|點擊|點選)(?:这里|這裡|此处|此處|查看|进入|進入|下载|下載)|[点點]此(?:查看|下载|下載|进入|進入)?|(?:继续|繼續)(?:阅读|閱讀)|(?:立即|马上|馬上|我要)(?:购买|購買|下载|下載|报名|報名|注册|註冊|体验|體驗|查看|訂購|订购)|(?:下载|下載))$/u,
];

/**
 * Joins the parts of a running text without the links that only say what to click ("Read more", "查看详情") and are a sentence
 * of their own: in "Click here to see the map" the words are part of the sentence. Takes linear time.
 */
export function joinWithoutCalls(parts: readonly string[], links: readonly LinkParts[]): string {
  const starts = [0];
  for (const part of parts) starts.push((starts.at(-1) ?? 0) + part.length);
  const text = parts.join('');
  const kept: string[] = [];
  let done = 0;
  for (const { from, to } of links) {
    const [start, end] = [starts[from] ?? 0, starts[to] ?? text.length];
    if (start < done || end - start > LONGEST || !isCall(text.slice(start, end))) continue;
    const close = /^[.!。！]?\s{0,3}/u.exec(text.slice(end, end + 4))?.[0].length ?? 0;
    if (!standsAlone(text.slice(Math.max(0, start - 6), start), text.slice(end + close, end + close + 2))) continue;
    kept.push(text.slice(done, start));
    done = /^\s{1,4}$/u.test(text.slice(end, end + close)) ? end : end + close;
  }
  return [...kept, text.slice(done)].join('');
}

/** True for the text of a link that only says what to click. */
function isCall(text: string): boolean {
  const words = text.replace(/\s+/gu, ' ').replace(/^[\s→»›>▶►«([【]{1,4}|[\s→»›>▶►).…!！。\]】]{1,4}$/gu, '');
  return CALLS.some((pattern) => pattern.test(words));
}

/** True between the ends of sentences. */
function standsAlone(before: string, after: string): boolean {
  const begins = before.trim() === '' || /(?:[.!?:。！？：；…|·–—(（]["'”’»」』)）]?|\n)\s{0,3}$/u.test(before);
  return begins && !/^[\p{Ll}\p{N},;:，；：]/u.test(after);
}
