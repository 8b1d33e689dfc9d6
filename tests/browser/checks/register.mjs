// Lists of claims and sources: free text, counts, links that land.
import { expect, follow, poll, until } from '../browser.mjs';

const find = {
  name: 'register: free text narrows the rows and counts them; nothing found is said',
  damage: [[/reader\.js$/, /row\.hidden = /, 'row.unused = ']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}claims/`);
    const rows = page.locator('table.reg tr.row:visible');
    const all = await rows.count();
    await page.fill('#find', 'detained');
    await page.fill('#find', 'detention');
    await poll(page, async () => { const some = await rows.count(); return some > 0 && some < all; }, `still ${all} rows, or none`);
    const some = await rows.count();
    await until(page, (some) => document.querySelector('#shown').textContent === String(some), some, 'the count is another');
    await page.fill('#find', 'qqqq');
    await until(page, () => document.querySelector('#none').checkVisibility(), null, 'nothing is said when nothing is found');
  },
};

const rows = {
  name: 'register: every claim of every chapter has its row, and the number leads back to it',
  damage: [[/^claims\/index\.html$/, /<tr id="june"/, '<tr id="july"']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}assembly/`);
    const claims = await page.locator('mark.claim').evaluateAll((all) => all.map((mark) => mark.id));
    expect(claims.length >= 5, 'the chapter has no claims');
    await page.goto(`${url}claims/`);
    for (const id of claims) {
      const link = page.locator(`tr[id="${id}"] th a`);
      expect(await link.count() === 1, `no row for ${id}`);
      expect((await link.getAttribute('href')).endsWith(`assembly/#${id}`), `${id} leads elsewhere`);
    }
  },
};

const sources = {
  name: 'sources: free text narrows the list; an entry names the notes that cite it',
  damage: [[/^sources\/index\.html$/, /data-find="#list li"/, 'data-find="#list p"']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}sources/`);
    const entries = page.locator('#list li:visible');
    const all = await entries.count();
    await page.fill('#find', 'kiai');
    await poll(page, async () => { const some = await entries.count(); return some > 0 && some < all / 2; }, `more than half of ${all} entries left, or none`);
    await follow(page, page.locator('#src-kiai-2015 .facts a[href*="#n"]').first(), /#n\d+$/);
    await until(page, () => document.querySelector(':target')?.checkVisibility(), null, 'the note is not there');
  },
};

const article = {
  name: 'article: every claim on it in full, linked to its place',
  damage: [[/^law\/iccpr\/article-19\/index\.html$/, /<ol class="claims">[\s\S]*?<\/ol>/g, '']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}law/iccpr/article-19/`);
    expect(await page.locator('.claims .words').count() >= 2, 'no claims');
    await follow(page, page.locator('.claims a.cid').first(), /#[^/]+$/);
    await until(page, () => document.querySelector('mark.claim:target, div.claim:target'), null, 'the claim is not there');
  },
};

export default [find, rows, sources, article];
