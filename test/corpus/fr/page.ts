import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'fr',
  source: {
    kind: 'article',
    text: `<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Piscine des Tilleuls</title></head>
<body>
<nav><a href="/">Accueil</a> &gt; <a href="/sport">Sport</a></nav>
<h1>Piscine des Tilleuls</h1>
<p>La piscine n&#39;ouvre pas le lundi&nbsp;; les autres jours, elle ferme &agrave; 20&nbsp;h&nbsp;30.</p>
<h2>Tarifs</h2>
<table><tr><th>Billet</th><th>Prix</th></tr><tr><td>Adulte</td><td>4,50&nbsp;&euro;</td></tr><tr><td>Moins de 6&nbsp;ans</td><td>gratuit</td></tr></table>
<h2>R&egrave;gles</h2>
<ol><li>Le bonnet est obligatoire, <em>m&ecirc;me</em> sans cheveux.</li><li>Ne courez pas au bord de l&#39;eau.</li></ol>
<p>Aucun enfant de moins de 8&nbsp;ans ne peut entrer seul.</p>
<!-- menu 2026 -->
<footer>Partager sur Facebook | Mentions l&eacute;gales</footer>
</body></html>`,
  },
  titles: ['Piscine des Tilleuls'],
  headings: ['Tarifs', 'Règles'],
  narrated: [
    "La piscine n'ouvre pas le lundi ; les autres jours, elle ferme à 20 h 30.",
    'Le bonnet est obligatoire, même sans cheveux.',
    "Ne courez pas au bord de l'eau.",
    'Aucun enfant de moins de 8 ans ne peut entrer seul.',
  ],
  leftOut: ['<', '&', 'Accueil', 'menu 2026', 'Partager sur', 'Mentions légales', 'utf-8'],
  notAlone: [
    'Le lundi',
    'Lundi',
    'La piscine ouvre',
    'Courez',
    'Cheveux',
    'Enfant de moins de 8 ans',
    'Entrer seul',
    'Aucun enfant',
    'Moins de 6',
    'Ouvre',
    'Au bord de l’eau',
    'Sans cheveux',
  ],
  notTags: ['lundi', 'courez', 'cheveux', 'seul'],
  unbroken: ['20 h 30', '8 ans'],
  heard: [
    ['Elle ferme à 20 h 30.', 'vingt heures trente'],
    ['Adulte : 4,50 €', 'quatre euros cinquante | quatre virgule cinquante euros | quatre virgule cinq euros'],
    ['Aucun enfant de moins de 8 ans ne peut entrer seul.', 'huit ans'],
  ],
};
