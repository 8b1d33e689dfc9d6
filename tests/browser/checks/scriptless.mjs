// A reader without JavaScript: everything reads, links and filters.
import { expect, follow, poll } from '../browser.mjs';

const OFF = { javaScriptEnabled: false };

const notes = {
  name: 'no script: to the note and back',
  damage: [[/^assembly\/index\.html$/, /(<a class="nr"[^>]*href=")#n(\d+)/g, '$1#x$2']],
  async run({ url, open }) {
    const page = await open(OFF);
    await page.goto(`${url}assembly/`);
    const number = (await page.locator('a.nr').nth(2).textContent()).trim();
    await follow(page, page.locator(`#r${number}`), new RegExp(`#n${number}$`));
    await poll(page, () => page.locator(`#n${number}`).isVisible(), 'there is no such note');
    await follow(page, page.locator(`#n${number} .bk`), new RegExp(`#r${number}$`));
  },
};

const aids = {
  name: 'no script: contents and badges are there, buttons that need a script are not',
  damage: [[/reader\.css$/, /@media \(scripting:none\)\{\.js\{display:none!important\}\}/, '']],
  async run({ url, open }) {
    const page = await open(OFF);
    await page.goto(`${url}assembly/`);
    expect(await page.locator('.toc a').first().isVisible(), 'no contents');
    const badges = await page.locator('.cb').count();
    expect(badges >= 5 && await page.locator('.cb:visible').count() === badges, 'badges are missing');
    expect(!await page.locator('.settings-button').isVisible(), 'a button for settings that cannot work');
  },
};

const filter = {
  name: 'no script: the register filters by right, and by right and finding together',
  damage: [[/register\.css$/, /^[\s\S]*$/, '']],
  async run({ url, open }) {
    const page = await open(OFF);
    await page.goto(`${url}claims/`);
    const rows = page.locator('table.reg tr.row:visible');
    const all = await rows.count();
    const id = await page.locator('.filters input[name=right]').nth(1).getAttribute('id');
    await page.check(`#${id}`);
    await poll(page, async () => { const some = await rows.count(); return some > 0 && some < all; }, `still ${all} rows, or none`);
    const some = await rows.count();
    expect(!await page.locator('#find').isVisible(), 'a field that cannot work');
    const kinds = await page.locator('.filters input[name=finding]').count();
    if (kinds > 1) await page.locator('.filters input[name=finding]').nth(kinds - 1).check();
    await poll(page, async () => await rows.count() <= some, 'a second filter shows more');
  },
};

const search = {
  name: 'no script: the search page offers the indexes',
  damage: [[/^search\/index\.html$/, /id="indexes"/, 'id="indexes" hidden']],
  async run({ url, open }) {
    const page = await open(OFF);
    await page.goto(`${url}search/`);
    expect(await page.locator('#indexes a:visible').count() > 20, 'no indexes');
  },
};

export default [notes, aids, filter, search];
