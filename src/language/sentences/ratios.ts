/**
 * Two numbers of which the first is a part of the second, by the first part of a BCP 47 tag: "8 of 9", "3 out of 4", "1 in 10", "zwei von drei",
 * "3 sur 4", "un enfant sur cinq", "3 de cada 4", "3 em cada 4", "2 su 3". Years are no such numbers: "3 in 2019".
 */
const RATIOS: Readonly<Record<string, RegExp>> = {
  en: /(?<![\p{L}\p{Nd}.,])(?:\d{1,3}(?:[.,]\d{1,3})?|one|two|three|four|five|six|seven|eight|nine|ten) (?:of|out of|in)(?: the| every)? (?:\d{1,3}(?:,\d{3})?|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|(?:a|one) hundred|(?:a|one) thousand)(?![\p{L}\p{Nd}]|[.,]\p{Nd})/giu,
  de: /(?<![\p{L}\p{Nd}.,])(?:\d{1,3}(?:[.,]\d{1,3})?|eine?[nmrs]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn) (?:von|aus)(?: den)? (?:\d{1,3}(?:\.\d{3})?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|zwanzig|hundert|tausend)(?![\p{L}\p{Nd}]|[.,]\p{Nd})/giu,
  fr: /(?<![\p{L}\p{Nd}.,])(?:\d{1,3}(?:[.,]\d{1,3})?|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix) (?:sur|des|(?:\p{L}{3,12} )sur) (?:\d{1,3}(?:[ .]\d{3})?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|vingt|cent|mille)(?![\p{L}\p{Nd}]|[.,]\p{Nd})/giu,
  es: /(?<![\p{L}\p{Nd}.,])(?:\d{1,3}(?:[.,]\d{1,3})?|un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez) (?:de|de cada|de los|de las) (?:\d{1,3}(?:\.\d{3})?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|veinte|cien|mil)(?![\p{L}\p{Nd}]|[.,]\p{Nd})/giu,
  pt: /(?<![\p{L}\p{Nd}.,])(?:\d{1,3}(?:[.,]\d{1,3})?|uma?|dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez) (?:de|em|dos|das|em cada|de cada) (?:\d{1,3}(?:\.\d{3})?|dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|doze|vinte|cem|mil)(?![\p{L}\p{Nd}]|[.,]\p{Nd})/giu,
  it: /(?<![\p{L}\p{Nd}.,])(?:\d{1,3}(?:[.,]\d{1,3})?|un[oa]?|due|tre|quattro|cinque|sei|sette|otto|nove|dieci) (?:su|dei|delle|degli|(?:\p{L}{3,12} )su) (?:\d{1,3}(?:\.\d{3})?|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|dodici|venti|cento|mille)(?![\p{L}\p{Nd}]|[.,]\p{Nd})/giu,
};

/** The places of the ratios of a text, in UTF-16 units, in order. Takes linear time. */
export function ratiosIn(text: string, base: string): { readonly start: number; readonly end: number }[] {
  const pattern = RATIOS[base];
  if (pattern === undefined) return [];
  return Array.from(text.matchAll(pattern), ({ 0: found, index }) => ({ start: index, end: index + found.length }));
}
