import type { CorpusText } from '../corpus-text.ts';

export const text: CorpusText = {
  language: 'en',
  source: {
    kind: 'article',
    text: `<html><head><title>Allotment Notes No. 12</title><style>p { color: green }</style></head>
<body>
<p><a href="https://news.example/12">View in browser</a></p>
<h1>Allotment Notes No. 12</h1>
<p>Dear growers,</p>
<p>The frost isn&rsquo;t over. Please don&#39;t plant beans before May&nbsp;10.</p>
<h2>Seeds &amp; Plants</h2>
<ul>
<li>Leeks: $3 a tray</li>
<li>Kale: sold out</li>
</ul>
<p>The shed opens at 8:30&nbsp;a.m. on weekdays<sup>1</sup>. It stays closed on Sundays.</p>
<script>track("open")</script>
<p>All but two plots have been let.<br>Nobody may burn leaves.</p>
<hr>
<p>You receive this e-mail because you signed up. <a href="https://news.example/u">Unsubscribe</a></p>
</body></html>`,
  },
  titles: ['Allotment Notes No. 12'],
  headings: ['Seeds & Plants'],
  narrated: [
    'The frost isn’t over.',
    "Please don't plant beans before May 10.",
    'Leeks: $3 a tray',
    'Kale: sold out',
    'It stays closed on Sundays.',
    'All but two plots have been let.',
    'Nobody may burn leaves.',
  ],
  leftOut: [
    '<',
    'View in browser',
    'color: green',
    'track(',
    '&nbsp;',
    '&amp;',
    'Unsubscribe',
    'weekdays1',
    'news.example',
  ],
  notAlone: [
    'Plant beans',
    'Plant beans before May 10',
    'Burn leaves',
    'Plots have been let',
    'The frost',
    'On weekdays',
    'Over',
    'The shed opens',
    'Two plots have been let',
    'Sold out',
    'Please',
  ],
  notTags: ['burn leaves', 'over', 'plant beans'],
  unbroken: ['May 10', '8:30 a.m.', 'No. 12'],
  heard: [
    ['Allotment Notes No. 12', 'number twelve'],
    ['Leeks: $3 a tray', 'three dollars a tray'],
    ['The shed opens at 8:30 a.m. on weekdays.', 'eight thirty a m on weekdays'],
    ['Seeds & Plants', 'seeds and plants'],
    ['Please don’t plant beans before May 10.', 'may tenth | may ten'],
  ],
};
