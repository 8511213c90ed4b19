import type { Pasted } from './pasted.ts';

export const HTML: readonly Pasted[] = [
  {
    what: 'SSML, which is written for voices',
    as: 'script',
    language: 'en',
    text: '<speak>Hello <break time="500ms"/> <emphasis level="strong">big</emphasis> world. <prosody rate="slow">Slow down.</prosody> <amazon:effect name="whispered">Hush.</amazon:effect></speak>',
    title: 'Hello big world',
    said: 'Hello big world. Slow down. Hush.',
    never: ['<', 'speak', 'prosody', '500'],
  },
  {
    what: 'a fragment of HTML',
    as: 'article',
    language: 'en',
    text: '<h1>Bees</h1><p>Bees <b>dance</b> to tell the way.</p><p>Nobody taught them.</p>',
    title: 'Bees',
    said: 'Bees dance to tell the way. Nobody taught them.',
    headings: ['Bees'],
    never: ['<'],
  },
  {
    what: 'a whole page with navigation, styles and scripts',
    as: 'article',
    language: 'en',
    text: `<!DOCTYPE html>
<html lang="en"><head><title>Volcanoes | Acme News</title>
<style>p { color: red }</style><script>var a = "<p>no</p>";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li>World</li></ul></nav>
<article><h1>Volcanoes</h1>
<p>Magma rises
through cracks.</p>
<ul><li>It cools &amp; hardens</li><li>It builds a cone</li></ul>
<figure><img src="a.jpg" alt="A cone"><figcaption>Photo: Ann Lee</figcaption></figure>
</article><footer>© 2027 Acme News</footer></body></html>`,
    title: 'Volcanoes',
    said: 'Magma rises through cracks. It cools & hardens. It builds a cone.',
    headings: ['Volcanoes'],
    never: ['Home', 'World', 'color', 'no</p>', 'Acme', 'Photo', 'A cone', 'var a'],
  },
  {
    what: 'HTML with line breaks and a preformatted poem',
    as: 'script',
    language: 'fr',
    text: '<h2>La pluie</h2>\n<p>La pluie tombe<br/>Le vent se lève<br>La mer attend</p>',
    title: 'La pluie',
    said: 'La pluie tombe Le vent se lève La mer attend',
    headings: ['La pluie'],
  },
  {
    what: 'HTML with entities in German',
    as: 'script',
    language: 'de',
    text: '<p>Die M&uuml;ller &amp; S&ouml;hne GmbH hat 5&nbsp;% mehr verkauft.</p><p>Das ist &#8222;gut&#8220;.</p>',
    title: 'Die Müller & Söhne GmbH hat 5 % mehr verkauft',
    said: 'Die Müller & Söhne GmbH hat 5 % mehr verkauft. Das ist „gut“.',
    never: ['&uuml;', '&nbsp;', '&#'],
  },
  {
    what: 'a table in HTML',
    as: 'script',
    language: 'es',
    text: '<table><tr><th>Ciudad</th><th>Habitantes</th></tr><tr><td>Lima</td><td>10 millones</td></tr></table><p>Es grande.</p>',
    title: 'Lima, Habitantes: 10 millones',
    said: 'Lima, Habitantes: 10 millones. Es grande.',
  },
  {
    what: 'HTML in Chinese with a numbered list',
    as: 'article',
    language: 'zh-CN',
    text: '<h1>泡茶的方法</h1><div>先烧水。</div><ol><li>放入茶叶</li><li>倒入热水</li></ol><div>等三分钟。</div>',
    title: '泡茶的方法',
    holds: ['先烧水。', '1. 放入茶叶。', '2. 倒入热水。', '等三分钟。'],
    headings: ['泡茶的方法'],
    never: ['<'],
  },
  {
    what: 'HTML in a scene',
    as: 'scene',
    language: 'pt-BR',
    text: '<h1>O mar</h1><p>O mar é <em>grande</em>.</p>',
    title: 'O mar',
    said: 'O mar é grande.',
    headings: ['O mar'],
    never: ['<'],
  },
  {
    what: 'a heading of HTML without its closing tag',
    as: 'article',
    language: 'en',
    text: '<h1>Bees\n\nBees dance in the hive.',
    title: 'Bees',
    said: 'Bees dance in the hive.',
    headings: ['Bees'],
  },
  {
    what: 'a less-than sign that opens no tag',
    as: 'script',
    language: 'en',
    text: 'If x < 5 and y > 3, stop. I <3 you.',
    title: 'If x < 5 and y > 3, stop',
    said: 'If x < 5 and y > 3, stop. I <3 you.',
  },
];
