import type { Film } from './make-film.ts';

/** A page with the table and all contact sheets, for a browser. */
export function indexPage(films: readonly Film[]): string {
  const rows = films.map(
    ({ name, shape, seconds, madeIn, still, fastest }) =>
      `<tr><td><a href="#${name}-${shape}">${name}, ${shape}</a><td>${seconds.toFixed(1)}<td>${madeIn.toFixed(1)}` +
      `<td>${(madeIn / seconds).toFixed(2)}<td>${still.seconds.toFixed(1)} (${still.from.toFixed(1)})<td>${fastest.toFixed(1)}`,
  );
  const sheets = films.map(
    ({ name, shape, file, sheet, srt }) =>
      `<h2 id="${name}-${shape}">${name}, ${shape}</h2><p><a href="${file}">film</a>, <a href="${srt}">captions</a></p>` +
      `<img src="${sheet}" alt="One frame a second of ${name}" style="max-width:100%">`,
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Films of the corpus</title>
<style>body{font-family:sans-serif;margin:2em}td,th{padding:.2em .8em;text-align:right}td:first-child{text-align:left}</style>
<h1>Films of the corpus</h1>
<table><tr><th>film<th>length, s<th>made in, s<th>ratio<th>longest without a change, s (from)<th>fastest caption, characters/s
${rows.join('\n')}
</table>
${sheets.join('\n')}
</html>
`;
}
