/** Patterns of whole lines that belong to a page rather than to its article, in the eight languages. */

export const READING_TIMES: readonly RegExp[] = [
  /^(?:\d{1,3}[ -]min(?:ute|utes|uten|uti|utos)?\.?(?: (?:read|reading time|lesezeit|de lecture|de lectura|de leitura|di lettura))?)$/iu,
  /^(?:(?:reading time|lesezeit|temps de lecture|tiempo de lectura|tempo de leitura|tempo di lettura) ?:? ?.{1,20})$/iu,
];

/** Lines to share, to follow, to read on and to buy. */
export const SHARE_LINES: readonly RegExp[] = [
  /^(?:(?:share|tweet|pin|email|print|save)(?: (?:this|the|on|to|via|it|article|story|post|page|with|friends|facebook|twitter|x|linkedin|whatsapp|email|now)){0,5}[.!]?)$/iu,
  /^(?:(?:click (?:here )?to share|follow us|subscribe|sign up|log in|join (?:our|the) newsletter)(?: .{0,60})?)$/iu,
  /^(?:(?:advertisement|advertising|sponsored(?: content)?|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|廣告|广告))$/iu,
  /^(?:(?:read more|read also|related(?: articles?| stories)?|see also|more on this|lesen sie auch|mehr zum thema|auch interessant|lire aussi|à lire aussi|lea también|leer más|te puede interesar|leia também|leia mais|leggi anche|延伸閱讀|延伸阅读|相關新聞|相关新闻|更多新聞)(?: ?[:：] ?.{0,120})?)$/iu,
  /^(?:(?:artikel |beitrag )?(?:teilen|drucken|merken)(?: .{0,30})?)$/iu,
  /^(?:(?:partager|imprimer|compartir|compartilhe|compartilhar|partilhar|partilhe|condividi|tweetter|tuitear)(?: .{0,40})?)$/iu,
  /^(?:(?:newsletter|abonnieren|s'abonner|suscríbete|inscreva-se|iscriviti)(?: .{0,60})?)$/iu,
  /^(?:(?:photo|image|picture|foto|bild|crédit photo|imagen|imagem|immagine|圖片|图片)(?: credit| by)? ?(?:[:：©]|by ).{1,80})$/iu,
  /^(?:(?:©|copyright).{0,80})$/iu,
  /^(?:分享|轉發|转发|分享到|分享至|收藏|列印|打印).{0,12}$/u,
  /^(?:加入|訂閱|订阅|追蹤|关注).{0,20}(?:LINE|電子報|頻道|粉絲專頁|公众号|微信).{0,10}$/u,
];

/** The same, also where they end as a sentence does: "Share this article!", "Read also: Is it true?" */
export const CALLS: readonly RegExp[] = [
  /^(?:read more|read also|see also|related(?: articles?| stories)?|more on this|lesen sie auch|mehr zum thema|auch interessant|(?:à )?lire aussi|lea también|le puede interesar|te puede interesar|leia também|leggi anche|延伸閱讀|延伸阅读|相關新聞|相关新闻|更多新聞|更多新闻) ?[:：] ?.{1,120}$/iu,
  /^(?:(?:did you )?(?:liked?|enjoyed?) (?:this|it|the) ?(?:article|story|post)?[?!] )?share (?:it|this (?:article|story|post|page|video))(?: (?:on|with|via) .{1,40})?[.!]$/iu,
  /^(?:teilen sie|teilt|teile) (?:diesen|den) (?:artikel|beitrag)(?: .{1,40})?[.!]$/iu,
  /^partage[zr]? (?:cet article|cette page|cette histoire)(?: .{1,40})? ?[.!]$/iu,
  /^(?:¿te gust[óo][^?]{0,40}\? )?¡?compart[ae]n? (?:este|esta) (?:artículo|noticia|entrada|nota|página)(?: .{1,40})?[.!]$/iu,
  /^(?:gostou[^?]{0,40}\? )?(?:compartilhe|partilhe)(?: (?:este|esta|com) .{1,40})?[.!]$/iu,
  /^(?:ti è piaciuto[^?]{0,40}\? )?condividi (?:questo articolo|questa pagina|l['’]articolo)(?: .{1,40})?[.!]$/iu,
  /^¡?(?:follow us on|folgen sie uns auf|folge uns auf|suivez-nous sur|síguenos en|siga-nos n[oa]s?|seguici su) .{1,60}$/iu,
];

/** Lines of an e-mail to its reader. */
export const MAIL_LINES: readonly RegExp[] = [
  /^(?:view|open|read|see) (?:this |the |it )?(?:e-?mail |message |newsletter )?(?:in|on) (?:your |a |the )?(?:web )?browser[.!]?$/iu,
  /^(?:(?:e-?mail |newsletter )?im browser (?:ansehen|anzeigen|öffnen|lesen)|(?:voir|lire|afficher) (?:cet e-?mail |ce message )?dans (?:le|votre|un) navigateur|ver (?:este (?:correo|mensaje|e-?mail) )?(?:en (?:el|tu|su)|no(?: seu)?) navegador|visualizza (?:questa e-?mail )?nel (?:tuo )?browser|在[瀏浏][覽览]器中?(?:檢視|查看|開啟|打开|阅读|閱讀))[.!]?$/iu,
  /^(?:unsubscribe(?: (?:here|from .{1,40}))?|(?:newsletter )?(?:abbestellen|abmelden)|se (?:désinscrire|désabonner)|darse de baja|cancelar (?:la |a )?(?:suscripción|inscrição|assinatura)|(?:annulla (?:l['’])?iscrizione|disiscriviti)|取消訂閱|取消订阅|退訂|退订)[.!。]?$/iu,
  /^(?:you(?: are|['’]re)? (?:receiv(?:e|ed|ing)|getting|got) this (?:e-?mail|message|newsletter)|sie erhalten diese[nrs]? (?:e-?mail|nachricht|newsletter)|vous recevez (?:cet e-?mail|ce message|cette lettre)|(?:recibes|recibe|has recibido|ha recibido) este (?:correo|mensaje|e-?mail)|você (?:recebeu|recebe|está recebendo) este e-?mail|(?:ricevi|hai ricevuto) questa e-?mail)[ ,].{1,110}$/iu,
];

/** Links to the articles before and after this one. */
export const NEIGHBOURS: readonly RegExp[] = [
  /^(?:上一[篇頁页章]|下一[篇頁页章])\s?(?:[:：].{0,80})?$/u,
  /^[←«‹<]?\s?(?:(?:previous|next) (?:article|post|story|page)|(?:vorheriger|nächster) (?:artikel|beitrag)|article (?:précédent|suivant)|(?:artículo|entrada) (?:anterior|siguiente)|(?:artigo|post) anterior|próximo (?:artigo|post)|articolo (?:precedente|successivo))(?: ?[:：] ?.{0,100})?\s?[→»›>]?$/iu,
];

/** The caption of a picture, which ends with its credit: "▲The bridge. (Photo: Jane Doe)" */
export const CAPTIONS: readonly RegExp[] = [
  /^.{1,110}[([（](?:photo|foto|image|bild|crédit photo|imagen|imagem|immagine|圖片?|图片?|照片|攝影|摄影)(?: by| credit)? ?[:：/／][^()[\]（）]{1,40}[)\]）]\.?$/iu,
];

/**
 * What precedes the first words of a report: the place, the day and the agency. A pattern with a group `month` is that of
 * a dateline only if the group is the name of a month.
 */
export const DATELINES: readonly RegExp[] = [
  /^\p{Lu}[\p{L} .’'/-]{1,40}(?:, [\p{L}. ]{1,20}\d{0,2}\.?(?: \p{L}{3,10}\.?)?)? ?\((?:Reuters|AP|AFP|UPI|dpa|sda|APA|epd|KNA|EFE|EP|Europa Press|Lusa|ANSA|Agência Brasil|Xinhua|CNN|BBC|Bloomberg|TASS|PA|PTI|CNA|Redacción|Agencias|Redação|Redazione)\)\.? ?[-–—]{1,2} ?(?=\S)/u,
  /^\p{Lu}[\p{Lu} .’'-]{2,30}(?:, [\p{L}. ]{2,20})? ?[—–]{1,2} ?(?=\p{Lu})/u,
  /^\p{Lu}[\p{L} .’'-]{1,30}, (?<month>\p{L}{3,10})\.? \d{1,2}(?:, \d{4})? ?[—–-]{1,2} ?(?=[\p{Lu}“"«])/u,
  /^\p{Lu}[\p{L} .’'-]{1,30}, (?:le |den )?\d{1,2}(?:er|[.º])? (?:de )?(?<month>\p{L}{3,10})\.?(?: (?:de )?\d{4})? ?[—–-]{1,2} ?(?=[\p{Lu}“"«„])/u,
  /^[（(](?:中央社|新華社|新华社|路透社?|法新社|美聯社|美联社|共同社).{0,30}?[電电][）)]\s?/u,
  /^(?:新华社|新華社|中新网|中新社|人民网|央视网)\S{0,20}?[電电讯訊日](?:\s|（[^）]{1,20}）\s?)/u,
  /^[【〔](?:[^】〕]{0,20}(?:記者|记者|報導|报道|中心|綜合)[^】〕]{0,20})[】〕]\s?/u,
];
