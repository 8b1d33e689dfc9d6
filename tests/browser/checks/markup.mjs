// The HTML itself: the Nu checker on every file, and ids and links by hand.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect } from '../browser.mjs';

const JAR = path.join(path.dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');

/** The Nu checker's errors; its remarks on the policy are left out, since on files it misreads 'self'. */
function nu(folder) {
  const options = ['-Xss16m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-jar', JAR, '--errors-only', '--skip-non-html', '--filterpattern', '.*Content Security Policy.*', '--format', 'gnu', folder];
  return new Promise((done) => execFile('java', options, { maxBuffer: 1 << 26 }, (error, out, err) => done(error ? err || out || String(error) : '')));
}

const valid = (site, damage) => ({
  name: `markup: the Nu HTML checker finds no error, ${site}`,
  site,
  damage,
  async run({ folder }) {
    const said = await nu(folder);
    const lines = said.trim().split('\n').map((line) => line.replace(folder, ''));
    expect(!said, `${lines.length} errors\n${lines.slice(0, 5).join('\n')}`);
  },
});

function pages(folder) {
  const names = fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html'));
  return new Map(names.map((name) => [path.join(folder, name), fs.readFileSync(path.join(folder, name), 'utf8')]));
}

/** The file and the fragment that `href` on the page at `file` leads to; none for another host. */
function target(file, href) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return null;
  const [place, fragment = ''] = href.split('#');
  const to = place ? path.join(path.dirname(file), decodeURI(place.split('?')[0])) : file;
  const full = place.endsWith('/') || place === '.' || place === '..' ? path.join(to, 'index.html') : to;
  return [full, decodeURIComponent(fragment)];
}

const ids = (html) => new Set([...html.matchAll(/\sid="([^"]*)"/g)].map((found) => found[1]));

const links = (site, damage) => ({
  name: `markup: every link of the site lands, ${site}`,
  site,
  damage,
  async run({ folder }) {
    const all = pages(folder);
    const known = new Map([...all].map(([file, html]) => [file, ids(html)]));
    const dead = [];
    for (const [file, html] of all) {
      if (file.endsWith('404.html')) continue;
      for (const [, raw] of html.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
        const found = target(file, raw.replaceAll('&amp;', '&'));
        if (!found) continue;
        const [to, fragment] = found;
        if (!fs.existsSync(to) || (fragment && !known.get(to)?.has(fragment))) dead.push(`${path.relative(folder, file)}: ${raw}`);
      }
    }
    expect(!dead.length, `${dead.length} links lead nowhere\n${[...new Set(dead)].slice(0, 5).join('\n')}`);
  },
});

/** Words that only the program knows must not reach a reader. */
const plain = (site) => ({
  name: `markup: no raw id, placeholder or doubled word where a reader reads, ${site}`,
  site,
  damage: site === 'own' ? [[/^assembly\/index\.html$/, /<p class="kicker">/, '<p class="kicker">{n} ']] : undefined,
  async run({ folder }) {
    const found = [];
    for (const [file, html] of pages(folder)) {
      const text = html.replace(/<(script|style|pre|code|head)[\s\S]*?<\/\1>/g, ' ').replace(/<sup><a class="nr".*?<\/sup>/g, '').replace(/<\/?(a|b|bdi|cite|em|i|mark|span|strong|sup|time)\b[^>]*>/g, '').replace(/<[^>]+>/g, ' ').replaceAll('&quot;', '"').replace(/\s+/g, ' ');
      for (const wrong of [/\{[a-z_]+\}/, /\[\^[\w-]+\]/, /@(sec|fig|tbl|box|claim|note|ch)-\w+/, /\bundefined\b|\bNaN\b/, /\b(\w+): \1\b/, /\b(the|of|and|in|to|a) \1\b/, /\b1 (claims|notes|sources|mentions|provisions|articles)\b/, /\s[,;](?!\S*;)/]) {
        const at = wrong.exec(text);
        if (at) found.push(`${path.relative(folder, file)}: …${text.slice(Math.max(0, at.index - 40), at.index + 40)}…`);
      }
    }
    expect(!found.length, `${found.length} places\n${found.slice(0, 5).join('\n')}`);
  },
});

/** What reference managers, feed readers and crawlers read: each tag and file by its own rules. */
const machines = {
  name: 'markup: linked data, tags to cite by, feed and site map can be read and say what is there',
  damage: [[/^assembly\/index\.html$/, /<meta name="citation_inbook_title"[^>]*>/, '']],
  async run({ folder, open }) {
    const page = await open();
    for (const [file, html] of pages(folder)) {
      const name = path.relative(folder, file);
      for (const [, json] of html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)) {
        const items = JSON.parse(json)['@graph'];
        const ids = items.map((item) => item['@id']).filter(Boolean);
        expect(items.every((item) => item['@type']) && new Set(ids).size === ids.length, `${name}: items without a type, or twice`);
        const trail = items.find((item) => item['@type'] === 'BreadcrumbList')?.itemListElement ?? [];
        expect(trail.every(({ item }) => fs.existsSync(path.join(folder, new URL(item).pathname.replace(/^\/report/, ''), 'index.html'))), `${name}: the trail leads nowhere`);
      }
    }
    const tags = (name, ...wanted) => {
      const html = fs.readFileSync(path.join(folder, name), 'utf8');
      for (const tag of wanted) expect(new RegExp(`<(meta (name|property)|link rel)="${tag}"`).test(html), `${name} has no ${tag}`);
    };
    const both = ['citation_title', 'citation_author', 'citation_publication_date', 'citation_language', 'citation_public_url', 'DC.title', 'DC.creator', 'DC.date', 'DC.type', 'og:title', 'og:type', 'og:url', 'og:description', 'canonical', 'cite-as', 'alternate'];
    tags('index.html', ...both, 'citation_technical_report_institution');
    tags('assembly/index.html', ...both, 'citation_inbook_title', 'citation_publisher', 'DCTERMS\\.isPartOf');
    const xml = (name) => page.evaluate((text) => {
      const { documentElement: root } = new DOMParser().parseFromString(text, 'application/xml');
      const text1 = (e, tag) => [...e.children].find((child) => child.localName === tag)?.textContent;
      return [root.namespaceURI, root.localName, [...root.children].map((e) => [e.localName, text1(e, 'id'), text1(e, 'title'), text1(e, 'updated'), text1(e, 'loc')])];
    }, fs.readFileSync(path.join(folder, name), 'utf8'));
    const [atom, root, parts] = await xml('feed.xml');
    const entries = parts.filter(([tag]) => tag === 'entry');
    expect(atom === 'http://www.w3.org/2005/Atom' && root === 'feed' && ['id', 'title', 'updated', 'author', 'link'].every((tag) => parts.some(([own]) => own === tag)), 'this is no feed');
    expect(entries.length >= 7 && entries.every(([, id, title, updated]) => /^https:/.test(id) && title && !Number.isNaN(Date.parse(updated))), 'an entry lacks its id, title or date');
    const [, , urls] = await xml('sitemap.xml');
    const lost = urls.map((url) => url[4]).filter((loc) => {
      const file = path.join(folder, new URL(loc).pathname.replace(/^\/report/, ''), 'index.html');
      return !fs.existsSync(file) || /name="robots" content="noindex"/.test(fs.readFileSync(file, 'utf8'));
    });
    expect(urls.length > 30 && !lost.length, `the map leads to ${lost}`);
  },
};

export default [
  valid('own'),
  valid('long'),
  valid('ar', [[/^arabi\/index\.html$/, /<p id="p2"/, '<p id="p1"']]),
  links('own', [[/^assembly\/index\.html$/, /<li id="n66"/, '<li id="n66x"']]),
  links('long'),
  links('ar'),
  plain('own'),
  machines,
];
