// Search: results of every kind, filters, the address, the policy, and what is left without an engine.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, poll, until } from '../browser.mjs';

const ROWS = '#results li';

async function ask(page, url, words) {
  await page.goto(`${url}search/`);
  await page.fill('#q', words);
  await page.waitForSelector(ROWS);
}

const found = {
  name: 'search: words bring sections, claims, articles and sources, which lead to their places',
  damage: [[/search\.js$/, /result\.raw_url \?\? result\.url/, "'nowhere/'"]],
  async run({ url, open }) {
    const page = await open();
    await ask(page, url, 'assembly');
    const kinds = await page.locator('#kinds label').allTextContents();
    await until(page, () => document.querySelectorAll('#results li').length === 10, null, 'not ten results');
    expect(kinds.length === 5 && kinds.slice(1).every((kind) => /\([1-9]\d*\)/.test(kind)), `kinds: ${kinds}`);
    for (const at of [0, 4, 9]) {
      const href = await page.locator(`${ROWS} a`).nth(at).evaluate((a) => a.href);
      const target = await page.context().newPage();
      const answer = await target.goto(href);
      const fragment = decodeURIComponent(new URL(href).hash.slice(1));
      const lands = await target.evaluate((id) => !id || !!document.getElementById(id), fragment);
      await target.close();
      expect(answer.ok() && lands, `${href} leads nowhere`);
    }
    expect(!page.faults.length, page.faults.join('\n'));
  },
};

const filters = {
  name: 'search: filters by kind and by right, more results, an address that keeps the words',
  damage: [[/search\.js$/, /filters\.kind = kind/, 'kind']],
  async run({ url, open }) {
    const page = await open();
    await ask(page, url, 'assembly');
    const all = parseInt(await page.textContent('#status'), 10);
    expect(all > 10, `${all} results`);
    await until(page, () => document.querySelectorAll('#results li').length === 10, null, 'not ten results');
    await page.click('#more');
    await until(page, () => document.querySelectorAll('#results li').length > 10, null, 'no more results');
    await page.check('#kinds input[value=claim]');
    await until(page, (all) => parseInt(document.querySelector('#status').textContent, 10) < all, all, 'the kind does not filter');
    await until(page, () => {
      const titles = [...document.querySelectorAll('#results li > a')].map((a) => a.textContent);
      return titles.length && titles.every((title) => title.startsWith('Claim'));
    }, null, 'not claims alone');
    await until(page, () => document.activeElement.value === 'claim', null, 'the focus is lost');
    const rights = await page.locator('#right option').evaluateAll((options) => options.map((option) => option.value));
    expect(rights.length > 2, `rights: ${rights}`);
    const before = await page.locator(ROWS).count();
    await page.selectOption('#right', rights[1]);
    await until(page, (before) => { const now = document.querySelectorAll('#results li').length; return now > 0 && now <= before; }, before, 'the right does not filter');
    await poll(page, () => new URL(page.url()).searchParams.get('q') === 'assembly', 'the address does not keep the words');
    await page.fill('#q', 'zzzzqqqq');
    await until(page, () => !document.querySelector('#results li') && document.querySelector('#status').textContent, null, 'nothing says that nothing is found');
  },
};

const header = {
  name: 'search: the field of every page leads to the results',
  damage: [[/^speech\/index\.html$/, /<form role="search" action="\.\.\/search\/"/, '<form role="search" action="../law/"']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}speech/`);
    await page.fill('header form input', 'torture');
    await page.press('header form input', 'Enter');
    await page.waitForSelector(ROWS);
    expect(/\/search\/\?q=torture$/.test(page.url()), page.url());
  },
};

const policy = {
  name: 'search: only the search page may run WebAssembly',
  damage: [[/^law\/index\.html$/, /script-src 'self'/, "script-src 'self' 'wasm-unsafe-eval'"]],
  async run({ folder }) {
    const names = fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html'));
    const may = names.filter((name) => fs.readFileSync(path.join(folder, name), 'utf8').includes('wasm-unsafe-eval'));
    expect(may.length === 1 && may[0] === path.join('search', 'index.html'), `allowed on ${may}`);
  },
};

const without = {
  name: 'search: an engine that does not come is told, from disk no field promises one',
  damage: [[/reader\.css$/, /\.disk :is\(search,header form,\.to-search\)\{display:none\}/, '']],
  async run({ url, folder, open }) {
    const page = await open();
    await page.route('**/*.pf_meta', (route) => route.abort());
    await page.goto(`${url}search/?q=law`);
    await until(page, () => document.querySelector('#status').textContent.length > 10, null, 'nothing is said');
    const disk = await open();
    await disk.goto(pathToFileURL(path.join(folder, 'search/index.html')).href);
    expect(!await disk.locator('#q').isVisible() && await disk.locator('#indexes a:visible').count() > 20, 'a field that cannot work');
  },
};

const kazakh = {
  name: 'search: a language without stems is searched by the beginnings of words',
  site: 'kk',
  damage: [[/search\.js$/, /pagefind\.search|\(await load\(\)\)\.search\(text/, "(await load()).search('zzzz'"]],
  async run({ url, open }) {
    const page = await open();
    await ask(page, url, 'бостанд');
    const texts = await page.locator(`${ROWS} mark`).allTextContents();
    expect(texts.some((word) => word.startsWith('бостанд')), `found ${texts}`);
    expect(!page.faults.length, page.faults.join('\n'));
  },
};

export default [found, filters, header, policy, without, kazakh];
