// axe-core: WCAG 2.2 AA and best practice, in every state of every kind of page.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { PHONE, expect, until } from '../browser.mjs';
import { fileAt, policy, typeOf } from '../serve.mjs';

const SOURCE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What axe may leave to a human: marks that are a symbol alone, and labels longer than their text. */
const LEFT = new Set(['color-contrast', 'label-content-name-mismatch']);
const WIDE = { viewport: { width: 1280, height: 900 } };

async function violations(page, colourOnly) {
  await page.evaluate(SOURCE);
  const runOnly = colourOnly ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values: TAGS };
  const result = await page.evaluate((runOnly) => window.axe.run(document, { resultTypes: ['violations', 'incomplete'], runOnly }), runOnly);
  const open = result.incomplete.filter((rule) => !LEFT.has(rule.id));
  return [...result.violations, ...open].map((rule) =>
    `${rule.id} (${rule.impact}): ${rule.nodes.slice(0, 4).map((node) => node.target.join(' ')).join(' | ')}`);
}

function state(name, path, { site = 'own', view = WIDE, dark = false, act, damage } = {}) {
  const width = view.viewport.width;
  return {
    name: `axe: ${name}, ${width}, ${dark ? 'dark' : 'light'}`,
    site,
    damage,
    async run({ url, open }) {
      const page = await open({ ...view, colorScheme: dark ? 'dark' : 'light' });
      await page.goto(url + path);
      if (act) await act(page);
      const found = await violations(page, dark);
      expect(!found.length, found.join('\n'));
      expect(!page.faults.length, page.faults.join('\n'));
    },
  };
}

/** The page for what is not there, at the report's own address, where its links lead. */
function notFound(view, dark) {
  return {
    name: `axe: 404, ${view.viewport.width}, ${dark ? 'dark' : 'light'}`,
    async run({ folder, open }) {
      const page = await open({ ...view, colorScheme: dark ? 'dark' : 'light' });
      await page.route('https://example.org/**', (route) => {
        const file = fileAt(folder, new URL(route.request().url()).pathname.replace(/^\/report/, ''));
        const body = fs.readFileSync(file ?? `${folder}/404.html`);
        const own = !file && policy(body.toString());
        return route.fulfill({ status: 200, body, contentType: typeOf(file ?? '404.html'), headers: own ? { 'content-security-policy': own } : {} });
      });
      await page.goto('https://example.org/report/no/such/page/');
      expect(await page.evaluate(() => getComputedStyle(document.body).marginTop === '0px'), 'the page has no stylesheet');
      const found = await violations(page, dark);
      expect(!found.length && !page.faults.length, [...found, ...page.faults].join('\n'));
    },
  };
}

const PAGES = [
  ['chapter', 'assembly/'], ['chapter with a table', 'speech/'], ['home', ''], ['sources', 'sources/'],
  ['register', 'claims/'], ['register by article', 'claims/by-article/'], ['register by right', 'claims/by-right/'],
  ['law', 'law/'], ['instrument', 'law/iccpr/'], ['article', 'law/iccpr/article-19/'], ['search', 'search/'],
  ['whole report', 'print/'],
];

/** Lays out what is far below: the places of links in parts that are not laid out yet are guesses. */
async function laidOut(page) {
  await page.evaluate(() => document.styleSheets[0].insertRule('*{content-visibility:visible!important}'));
}

const DAMAGE = {
  'whole report': [[/^print\/index\.html$/, /<nav class="contents" role="doc-toc" aria-labelledby="contents">/, '<nav class="contents" aria-labelledby="nothing">']],
  chapter: [[/^assembly\/index\.html$/, / aria-label="Settings"><span aria-hidden="true">Aa<\/span>/g, '></']],
  home: [[/reader\.css$/, /--soft:light-dark\(#585c66/, '--soft:light-dark(#c0c0c0']],
};

const ACTS = { 'whole report': laidOut };

const everyPage = PAGES.flatMap(([name, path]) => [
  state(name, path, { damage: DAMAGE[name], act: ACTS[name] }),
  state(name, path, { view: PHONE, act: ACTS[name] }),
  state(name, path, { dark: true, act: ACTS[name] }),
  state(name, path, { dark: true, view: PHONE, act: ACTS[name] }),
]);

/** A chapter in another look: its style sheet must be there, and change the page. */
function look(site, options = {}) {
  const check = state(`look ${site}`, 'assembly/', { ...options, site });
  const { run } = check;
  return {
    ...check,
    damage: options.view || options.dark ? undefined : [[/^assembly\/index\.html$/, /<link rel="stylesheet" href="[^"]*look-[^>]*>/, '']],
    async run(context) {
      const page = await context.open();
      await page.goto(`${context.url}assembly/`);
      const weight = await page.evaluate(() => getComputedStyle(document.querySelector('h1')).fontWeight);
      expect(weight === '700', `the heading has weight ${weight}`);
      await run(context);
    },
  };
}

/** Clicks, and waits until what the click opens is there. */
const click = (selector, opened) => async (page) => {
  await page.locator(selector).first().click();
  await until(page, (opened) => !!document.querySelector(opened), opened, `${selector} opens no ${opened}`);
};
const NOTE = '#pop:popover-open';

export default [
  ...everyPage,
  ...[WIDE, PHONE].flatMap((view) => [notFound(view, false), notFound(view, true)]),
  state('170 notes', 'long/', { site: 'long' }),
  state('170 notes', 'long/', { site: 'long', view: PHONE }),
  state('170 notes', 'long/', { site: 'long', dark: true }),
  state('charts, a table open', 'long/', { site: 'long', act: click('.numbers summary', '.numbers[open]') }),
  state('charts, a table open', 'long/', { site: 'long', act: click('.numbers summary', '.numbers[open]'), view: PHONE, damage: [[/^long\/index\.html$/, /role="img" aria-label="Bars[^"]*"/g, 'role="img"']] }),
  state('whole long report', 'print/', { site: 'long', act: laidOut }),
  state('Russian chapter', 'russkaya/', { site: 'long' }),
  state('Arabic chapter', 'arabi/', { site: 'long' }),
  state('Arabic report', 'arabi/', { site: 'ar' }),
  state('Arabic report', 'arabi/', { site: 'ar', view: PHONE }),
  state('Arabic register', 'claims/', { site: 'ar' }),
  ...['bulletin', 'ministry'].flatMap((site) => [look(site), look(site, { view: PHONE }), look(site, { dark: true })]),
  ...[WIDE, PHONE].flatMap((view) => [false, true].map((dark) => state('search with results', 'search/?q=assembly', { view, dark, act: (page) => page.waitForSelector('#results li') }))),
  state('note open', 'assembly/', { act: click('a.nr', NOTE) }),
  state('note open', 'assembly/', { act: click('a.nr', NOTE), view: PHONE }),
  state('provision open', 'assembly/', { act: click('.text a.art', NOTE), view: PHONE }),
  state('settings open', 'assembly/', { act: click('.settings-button', '#settings:popover-open') }),
  state('menu open', 'assembly/', { act: click('.menu-button', '#menu:popover-open'), view: PHONE }),
  state('cite open', 'assembly/', { act: click('.cite summary', '.cite[open]') }),
];
