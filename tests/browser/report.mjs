// Writes reports to test with: one with a chapter of 170 notes and about 16,000 words, beside
// chapters in Russian and Arabic, and a small one whose own language is Arabic.
// The words are walked from the own report's vocabulary, so that they compress as prose does.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

export const NOTES = 170;
const CLAIMS = 8;

/** Numbers from 0 to 1, the same on every run (mulberry32). */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Prose of the own report without markup, names of law and anything else that would be checked. */
function sentences(root) {
  const folder = path.join(root, 'content');
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.md')).sort();
  const texts = files.map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
  const lines = texts.flatMap((text) => text.replace(/^---[\s\S]*?---/, '').split('\n'));
  const prose = lines.filter((line) => /^[A-Z]/.test(line)).map((line) => line
    .replace(/\{[^}]*\}|\[\^[^\]]*\]:?|\(?@[\w-]+\)?|[[\]*`_<>()#!|‘’]/g, ''));
  return prose.flatMap((line) => line.match(/[A-Z][^.?!]*\.(?= |$)/g) ?? [])
    .filter((sentence) => !/[Aa]rticle|ICCPR|UDHR|\d/.test(sentence));
}

/** A walk from word to word: what follows what in the own report. */
function prose(root, seed) {
  const next = new Map();
  const starts = [];
  for (const sentence of sentences(root)) {
    const words = sentence.slice(0, -1).split(/\s+/);
    starts.push(words[0]);
    words.forEach((word, at) => {
      if (!next.has(word)) next.set(word, []);
      next.get(word).push(words[at + 1]);
    });
  }
  const chance = random(seed);
  const pick = (list) => list[Math.floor(chance() * list.length)];
  const sentence = () => {
    const words = [pick(starts)];
    while (words.length < 30) {
      const word = pick(next.get(words.at(-1)));
      if (word === undefined && words.length > 8) break;
      words.push(word ?? pick([...next.keys()].filter((known) => /^[a-z]/.test(known))));
    }
    return words.join(' ').replace(/[,;:–]+$/, '');
  };
  return { sentence, pick, chance };
}

function sourceKeys(root) {
  const text = fs.readFileSync(path.join(root, 'citations.yaml'), 'utf8');
  return [...text.matchAll(/^([a-z][\w-]+):/gm)].map((found) => found[1]);
}

function definitions(words, keys) {
  const notes = [];
  for (let n = 1; n <= NOTES; n++) {
    const cite = `[@${words.pick(keys)}, p. ${1 + Math.floor(words.chance() * 300)}]`;
    const cites = n % 3 ? cite : `[@${words.pick(keys)}, ch. ${n % 9 + 1}; see also @${words.pick(keys)}]`;
    const remark = n % 7 ? '' : ` ${words.sentence()}, as ${cite} has it.`;
    notes.push(`[^n${n}]: ${cites}.${remark}`);
  }
  return notes.join('\n\n');
}

function claim(n, words, mark) {
  const [right, law, text] = n % 2
    ? ['expression', 'iccpr:19(3)', 'The rule described here violates the freedom of expression in Article 19(2) of the ICCPR']
    : ['assembly', 'iccpr:21', 'The practice described here violates the right of peaceful assembly in the ICCPR (Article 21)'];
  return `[${text}, as ${words.sentence().toLowerCase()}.${mark}]{#claim-${n} claim=${right} finding=violated by=KZ law="${law}"}`;
}

const EXTRAS = [
  '> [!box] What a reader asks {#box-one}\n> BODY\n>\n> - one thing\n> - and another\n',
  '![Bars: three regions with an invented number of notices filed and refused.](figures/notices.csv "Notices by region, invented"){#fig-notices}\n',
  '![Lines: invented notices from 2012 to 2019, filed, refused and not answered.](figures/years.csv "Notices by year, invented"){#fig-years chart=lines}\n',
  '![Stacks: invented notices of three regions by outcome.](figures/notices.csv "Outcomes, invented"){#fig-outcomes chart=stacked columns="refused, accepted, no answer"}\n',
  '![A bar chart of three invented numbers: two, three and five.](figures/bars.svg "Three invented numbers. Source: nobody"){#fig-bars}\n',
  '| Year | What changed | Count |\n| --- | --- | ---: |\n| 2004 | A first and rather long description of something that was altered | 4 |\n| 2015 | A second one | 15 |\n| 2018 | A third one | 118 |\n\n: Invented numbers by year {#tbl-years}\n',
  '```yaml\n# a source\nkey-of-a-work:\n  type: report\n  title: "A title that is long enough to run over the edge of a narrow screen, and then some more"\n```\n',
  '> [!warning] A warning\n> BODY\n',
  '> A quotation of some length. BODY\n',
  '> [!box] What the numbers say {#box-two}\n> BODY\n',
  '1. first of all\n2. and after that, BODY\n',
];

function longChapter(root) {
  const words = prose(root, 7);
  const keys = sourceKeys(root);
  const parts = ['---\ntitle: A chapter of a hundred and seventy notes\nnumber: 1\nslug: long\nsummary: Words walked at random, to measure a page of the size that real reports have.\n---\n'];
  let note = 0;
  const mark = () => (note < NOTES ? `[^n${++note}]` : '');
  const paragraph = (first = '') => {
    const texts = [first];
    for (let at = 0; at < 6; at++) texts.push(`${words.sentence()}.${at % 3 === 1 ? mark() : ''}`);
    return `${texts.join(' ').trim()}\n`;
  };
  for (let section = 1; section <= 12; section++) {
    parts.push(`## Section ${section} of the chapter {#sec-s${section}}\n`);
    for (let at = 0; at < 7; at++) {
      const n = section - 2;
      const first = at === 2 && n >= 1 && n <= CLAIMS ? claim(n, words, mark()) : '';
      parts.push(paragraph(first));
      if (at === 3) parts.push(`### A part of section ${section}\n`);
      const extra = at === 5 && EXTRAS[section - 1];
      if (extra) parts.push(extra.replace('BODY', () => `${words.sentence()}.${mark()}`));
    }
  }
  while (note < NOTES) parts.push(paragraph());
  parts.push('One note is used again,[^n3] and so is another,[^n7] and the first of them once more.[^n3]\n');
  parts.push(definitions(words, keys), '');
  return parts.join('\n');
}

const RUSSIAN = `---
title: Глава на русском языке
number: 2
slug: russkaya
lang: ru
---

Эта глава проверяет кириллицу и переносы. Право на свободу выражения мнений закреплено в пакте.[^ru]

## Раздел {#sec-razdel}

[Такое правило нарушает свободу выражения мнений.[^ru]]{#narushenie claim=expression finding=violated law="iccpr:19(3)"} Остальное сказано в примечании.

[^ru]: [@adil-soz-2019]. Примечание на русском языке, в котором сказано несколько больше, чем только источник.
`;

const ARABIC = `---
title: فصل باللغة العربية
number: 3
slug: arabi
lang: ar
---

هذا فصل قصير يختبر الكتابة من اليمين إلى اليسار. حرية التعبير محمية في العهد.[^ar]

## قسم {#sec-qism}

[هذه القاعدة تنتهك حرية التعبير.[^ar]]{#intihak claim=expression finding=violated law="iccpr:19(3)"} والباقي في الحاشية.

[^ar]: [@adil-soz-2019]. حاشية باللغة العربية تقول أكثر من مجرد ذكر المصدر.
`;

const BARS = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 240" width="640" height="240"><rect width="640" height="240" fill="#f4f1e9"/><rect x="40" y="140" width="120" height="80" fill="#1c4587"/><rect x="220" y="100" width="120" height="120" fill="#1c4587"/><rect x="400" y="20" width="120" height="200" fill="#1c4587"/></svg>\n';

const NOTICES = 'region,filed,refused,accepted,no answer\nAlmaty & region,212,187,9,16\nA region with a name that is rather too long for one line of a narrow page and goes on,48,40.5,,3\nОңтүстік Қазақстан облысы,7,7,0,0\n';
const YEARS = `year,filed,refused,no answer\n${[2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019].map((year, at) => `${year},${900 + at * at * 61},${at === 3 ? '' : 700 + at * 130},${at * 77}`).join('\n')}\n`;

/** A PNG of three bytes a pixel that does not pack into nothing. */
function photograph(width, height) {
  const chance = random(3);
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let at = 0; at < rows.length; at++) rows[at] = at % (width * 3 + 1) ? 96 + Math.floor(chance() * 64) : 0;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const chunk = ([type, data]) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(zlib.crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const chunks = [['IHDR', head], ['IDAT', zlib.deflateSync(rows)], ['IEND', Buffer.alloc(0)]];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks.map(chunk)]);
}

function project(folder, root, language, chapters) {
  const write = (name, text) => {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  };
  write('book.toml', `[book]
title = "A report to test with"
authors = ["Nobody"]
date = "2026-11-22"
language = "${language}"

[notes]
numbering = "chapter"

[law]
state = "KZ"
date = "2019-11-22"

[checks]
unused-source = "off"
unknown-language = "off"

[output.html]
base-url = "https://example.org/test/"
`);
  write('content/figures/bars.svg', BARS);
  write('content/figures/noise.png', photograph(1600, 400));
  write('content/figures/notices.csv', NOTICES);
  write('content/figures/years.csv', YEARS);
  for (const [name, text] of Object.entries(chapters)) write(`content/${name}`, text);
  fs.copyFileSync(path.join(root, 'citations.yaml'), path.join(folder, 'citations.yaml'));
  fs.cpSync(path.join(root, 'instruments'), path.join(folder, 'instruments'), { recursive: true });
}

/** The report with the long chapter. */
export function longReport(folder, root) {
  project(folder, root, 'en-GB', {
    'index.md': '---\ntitle: Summary\n---\n\nA report that nobody wrote.\n',
    '01-long.md': longChapter(root),
    '02-ru.md': RUSSIAN,
    '03-ar.md': ARABIC,
  });
}

/** A report whose own language is Arabic. */
export function arabicReport(folder, root) {
  project(folder, root, 'ar', { '01-arabi.md': ARABIC.replace('number: 3', 'number: 1').replace('lang: ar\n', '') });
}

const KAZAKH = `---
title: Пікір білдіру бостандығы
number: 1
slug: pikir
---

## Заң не дейді {#sec-zan}

Пакт пікір білдіру бостандығын қорғайды, ал бұл бостандықты шектеуге тек заңмен жол беріледі.[^a]

![Шу: сурет ештеңе көрсетпейді.](figures/noise.png "Шу"){#fig-noise}

[^a]: [@iccpr, art. 19].
`;

/** A report in a language for which the engine of the search has no stems. */
export function kazakhReport(folder, root) {
  project(folder, root, 'kk', { '01-pikir.md': KAZAKH });
}
