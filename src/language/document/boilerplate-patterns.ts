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

/** What precedes the first words of a report: the place, the day and the agency. */
export const DATELINES: readonly RegExp[] = [
  /^\p{Lu}[\p{L} .’'/-]{1,40}(?:, [\p{L}. ]{1,20}\d{0,2}\.?(?: \p{L}{3,10}\.?)?)? ?\((?:Reuters|AP|AFP|UPI|dpa|sda|APA|epd|KNA|EFE|Europa Press|Lusa|ANSA|Agência Brasil|Xinhua|CNN|BBC|Bloomberg|TASS|PA|PTI|CNA)\) ?[-–—]{1,2} ?(?=\S)/u,
  /^\p{Lu}[\p{Lu} .’'-]{2,30}(?:, [\p{L}. ]{2,20})? ?[—–]{1,2} ?(?=\p{Lu})/u,
  /^[（(](?:中央社|新華社|新华社|路透社?|法新社|美聯社|美联社|共同社).{0,30}?[電电][）)]\s?/u,
  /^(?:新华社|新華社|中新网|中新社|人民网|央视网)\S{0,20}?[電电讯訊日](?:\s|（[^）]{1,20}）\s?)/u,
  /^[【〔](?:[^】〕]{0,20}(?:記者|记者|報導|报道|中心|綜合)[^】〕]{0,20})[】〕]\s?/u,
];
