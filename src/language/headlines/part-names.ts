import { trimEnd } from '../trim.ts';

/** Headings that name a part of a text and not its subject, of all languages, in lower case. */
const PART_NAMES: ReadonlySet<string> = new Set([
  ...lines(`introduction|intro|preface|foreword|prologue|epilogue|overview|outline|agenda|contents|table of contents|background|context|summary
    executive summary|abstract|tl;dr|tldr|conclusion|conclusions|in conclusion|closing|closing words|final thoughts|final words|the end|wrap-up
    takeaways|key takeaways|key points|discussion|results|methods|appendix|notes|footnotes|references|sources|bibliography|further reading
    links|more information|faq|faqs|q&a|questions and answers|frequently asked questions|about|about us|thanks|thank you|acknowledgements|welcome
    ps|p.s.|update|verse|chorus|refrain|bridge|outro|next steps|getting started|the bottom line|bottom line`),
  ...lines(`einleitung|einführung|einstieg|vorwort|nachwort|prolog|epilog|überblick|übersicht|inhalt|inhaltsverzeichnis|hintergrund|zusammenfassung
    kurz gesagt|fazit|schluss|schlusswort|schlussfolgerung|ausblick|ergebnis|ergebnisse|diskussion|methoden|anhang|anmerkungen|fußnoten|quellen|quelle
    literatur|weitere informationen|mehr dazu|fragen und antworten|häufige fragen|über uns|danke|vielen dank|willkommen|nächste schritte|strophe|refrain
    das wichtigste in kürze|das wichtigste|ende`),
  ...lines(`introduction|avant-propos|préface|prologue|épilogue|aperçu|sommaire|plan|contexte|résumé|en résumé|en bref|l'essentiel|conclusion|conclusions
    pour conclure|en conclusion|bilan|discussion|résultats|méthodes|annexe|annexes|notes|références|sources|bibliographie|pour aller plus loin
    en savoir plus|questions fréquentes|foire aux questions|à propos|merci|remerciements|bienvenue|prochaines étapes|couplet|refrain|fin|la fin`),
  ...lines(`introducción|prólogo|epílogo|prefacio|resumen|índice|contenido|contexto|antecedentes|en resumen|conclusión|conclusiones|en conclusión|para terminar
    discusión|resultados|métodos|anexo|anexos|notas|referencias|fuentes|bibliografía|más información|preguntas frecuentes|sobre nosotros|gracias
    agradecimientos|bienvenidos|próximos pasos|estrofa|estribillo|fin|final`),
  ...lines(`introdução|prólogo|epílogo|prefácio|resumo|sumário|índice|conteúdo|contexto|antecedentes|em resumo|conclusão|conclusões|concluindo|para terminar
    discussão|resultados|métodos|anexo|anexos|notas|referências|fontes|bibliografia|saiba mais|mais informações|perguntas frequentes|sobre nós|sobre
    obrigado|obrigada|agradecimentos|bem-vindos|próximos passos|estrofe|refrão|fim`),
  ...lines(`introduzione|premessa|prefazione|prologo|epilogo|panoramica|sommario|indice|contesto|in breve|riassunto|in sintesi|conclusione|conclusioni
    per concludere|in conclusione|discussione|risultati|metodi|appendice|note|riferimenti|fonti|bibliografia|per saperne di più|domande frequenti|chi siamo
    grazie|ringraziamenti|benvenuti|prossimi passi|strofa|ritornello|fine`),
  ...lines(`引言|前言|序|序言|序章|導言|导言|簡介|简介|介紹|介绍|概述|概要|概覽|概览|摘要|目錄|目录|背景|總結|总结|結論|结论|結語|结语|小結|小结|結尾|结尾|後記|后记|尾聲|尾声
    討論|讨论|結果|结果|方法|附錄|附录|註釋|注释|註|參考資料|参考资料|參考文獻|参考文献|資料來源|资料来源|來源|来源|延伸閱讀|延伸阅读|常見問題|常见问题|問答|问答|關於我們|关于我们
    謝謝|谢谢|致謝|致谢|謝謝大家|谢谢大家|歡迎|欢迎|主歌|副歌|重點|重点|重點整理|重点整理|開場|开场`),
]);

/** The number before a heading: "2.1 ", "3) ", "IV. ", "二、", "§ 4 ". */
const NUMBER =
  /^(?:§\s?)?(?:\d{1,3}(?:\.\d{1,3}){0,3}[.):：、]?\s|[IVX]{1,5}[.):]\s|[（(]?[一二三四五六七八九十\d]{1,3}[）).、．]\s?)/u;
/** "Part 2", "Kapitel IV", "Slide 3: ", "第三章". */
const NUMBERED_PART =
  /^(?:part|chapter|section|slide|page|scene|act|verse|teil|kapitel|abschnitt|folie|seite|szene|strophe|partie|chapitre|section|diapositive|page|scène|acte|couplet|parte|capítulo|sección|diapositiva|página|escena|acto|estrofa|seção|slide|cena|estrofe|capitolo|sezione|pagina|scena|atto|strofa)\s(?:\d{1,4}|[ivx]{1,5}|one|two|three|four|five|eins|zwei|drei|vier|fünf)$|^第[一二三四五六七八九十百\d]{1,4}[章節节部頁页幕回課课]$/u;

/** True for a heading that only names a part of its text: "Introduction", "Fazit", "2. Résumé", "Part 3", "第一章". */
export function namesPart(heading: string): boolean {
  const line = heading.trim().replace(NUMBER, '');
  const name = trimEnd(line, /[\s.,:;!?…。，：；！？]/u)
    .toLowerCase()
    .replaceAll('’', "'");
  return PART_NAMES.has(name) || NUMBERED_PART.test(name);
}

function lines(names: string): string[] {
  return names.split(/[|\n]/u).map((name) => name.trim());
}
