/** Signs of formulas in words, in the order of SIGNS. */
const SIGNS = Array.from('≠≤≥√∞∑∫∈⇒∂×⁄≡∝·');

function words(table: string): Readonly<Record<string, string>> {
  const all = table.split('|').map((word) => word.trim());
  return Object.fromEntries(SIGNS.map((sign, i) => [sign, all[i] ?? '']));
}

export const ENGLISH_MATHEMATICS = words(
  'is not equal to|is at most|is at least|the square root of|infinity|the sum of|the integral of|in|implies|partial|times|over|is identical to|is proportional to| ',
);
export const GERMAN_MATHEMATICS = words(
  'ist ungleich|ist höchstens|ist mindestens|Wurzel aus|unendlich|Summe von|Integral von|in|daraus folgt|partiell|mal|durch|ist identisch mit|ist proportional zu| ',
);
export const FRENCH_MATHEMATICS = words(
  "est différent de|est inférieur ou égal à|est supérieur ou égal à|racine de|l'infini|la somme de|l'intégrale de|appartient à|implique|partiel|fois|sur|est identique à|est proportionnel à| ",
);
export const SPANISH_MATHEMATICS = words(
  'es distinto de|es menor o igual que|es mayor o igual que|la raíz de|infinito|la suma de|la integral de|pertenece a|implica|parcial|por|sobre|es idéntico a|es proporcional a| ',
);
export const PORTUGUESE_MATHEMATICS = words(
  'é diferente de|é menor ou igual a|é maior ou igual a|a raiz de|infinito|a soma de|a integral de|pertence a|implica|parcial|vezes|sobre|é idêntico a|é proporcional a| ',
);
export const ITALIAN_MATHEMATICS = words(
  "è diverso da|è minore o uguale a|è maggiore o uguale a|la radice di|infinito|la somma di|l'integrale di|appartiene a|implica|parziale|per|su|è identico a|è proporzionale a| ",
);
/** Traditional, then Simplified characters. */
export const CHINESE_MATHEMATICS = [
  words('不等於|小於等於|大於等於|根號|無限大|總和|積分|屬於|所以|偏|乘|除以|恆等於|正比於| '),
  words('不等于|小于等于|大于等于|根号|无穷大|总和|积分|属于|所以|偏|乘|除以|恒等于|正比于| '),
] as const;
