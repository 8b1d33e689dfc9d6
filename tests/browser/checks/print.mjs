// Paper: chrome away, notes there, a tagged PDF with pages; the whole report on one page.
import fs from 'node:fs';
import { expect, follow, poll, until } from '../browser.mjs';

/** The text of each page of the PDF that the page at `at` prints. */
async function printed(page, at) {
  await page.goto(at);
  await page.emulateMedia({ media: 'print' });
  const pdf = await page.pdf({ preferCSSPageSize: true, tagged: true, outline: true });
  return { pdf, pages: pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0 };
}

const hidden = async (page, list) => {
  for (const chrome of list) {
    const found = page.locator(chrome);
    expect(await found.count(), `${chrome} is not there to be hidden`);
    expect(!await found.first().isVisible(), `${chrome} is printed`);
  }
};

const chapter = {
  name: 'print: no chrome, all notes, badges with their claims, a PDF of several pages',
  damage: [[/reader\.css$/, /,\.toc,\.pager,\.skip/, ",.skip"]],
  async run({ url, open }) {
    const page = await open();
    const { pages } = await printed(page, `${url}assembly/`);
    await hidden(page, ['header.site nav', '.crumbs', '.toc', '.pager', '.settings-button', '.bk', '.cite .files']);
    expect(await page.locator('.brand').isVisible(), 'the report is not named');
    const notes = page.locator('.notes li');
    expect(await notes.count() > 20 && await notes.last().isVisible(), 'notes are missing');
    await poll(page, async () => await page.locator('.text .cb:visible').count() >= 5, 'badges are missing');
    expect(pages >= 4, `${pages} pages`);
  },
};

const whole = {
  name: 'print: the whole report on one page: chapters in order, notes and sources at the end, a page for each chapter',
  damage: [[/print\.css$/, /\.contents,\.ch\{break-before:page\}/, '']],
  async run({ url, folder, open }) {
    const page = await open();
    const { pages } = await printed(page, `${url}print/`);
    await hidden(page, ['header.site', '.crumbs', 'footer.site', '#print', '.bk', '.hl']);
    const found = await page.evaluate(() => {
      const all = (selector) => [...document.querySelectorAll(selector)];
      const ids = all('[id]').map((one) => one.id);
      return {
        links: all('.contents a').map((a) => [a.textContent.trim(), !!document.getElementById(decodeURIComponent(a.hash.slice(1)))]),
        marks: all('.text a.nr').filter((a) => !document.getElementById(a.hash.slice(1))?.matches('.notes li')).length,
        notes: all('.ch.notes li').length,
        claims: all('mark.claim, div.claim').length,
        sources: all('.refs li').length,
        twice: ids.filter((id, at) => ids.indexOf(id) !== at),
        breaks: all('.ch').every((one) => getComputedStyle(one).breakBefore === 'page'),
        inner: all('.text a.ref').every((a) => a.getAttribute('href').startsWith('#')),
      };
    });
    const data = (name) => JSON.parse(fs.readFileSync(`${folder}/data/${name}.json`, 'utf8')).length;
    expect(found.links.length >= 9 && found.links.every(([, lands]) => lands), `contents: ${JSON.stringify(found.links)}`);
    expect(!found.marks, `${found.marks} marks lead to no note`);
    expect(found.notes === data('notes'), `${found.notes} notes of ${data('notes')}`);
    expect(found.claims === data('claims'), `${found.claims} claims of ${data('claims')}`);
    expect(found.sources > 20, `${found.sources} sources`);
    expect(!found.twice.length, `ids that come twice: ${found.twice.slice(0, 5)}`);
    expect(found.breaks && pages >= 20, `${pages} pages; a chapter does not begin one`);
    expect(found.inner, 'a cross-reference leaves the page');
  },
};

const perChapter = {
  name: 'print: notes that are numbered by chapter stand after each chapter',
  site: 'long',
  damage: [[/^print\/index\.html$/, /href="#russkaya\/n1"/g, 'href="#long/n1"']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}print/`);
    const wrong = await page.evaluate(() => [...document.querySelectorAll('.text a.nr')].filter((a) => {
      const note = document.getElementById(a.hash.slice(1));
      return !note || note.closest('.ch') !== a.closest('.ch');
    }).length);
    expect(!wrong && await page.locator('.ch .notes').count() >= 3, `${wrong} marks lead to another chapter`);
  },
};

const button = {
  name: 'print: the home page and the footer lead to the whole report, and its button prints',
  damage: [[/reader\.js$/, /one\('#print'\)\.onclick/, "one('#print').oncopy"]],
  async run({ url, open }) {
    const page = await open();
    await page.goto(url);
    expect(await page.locator('footer.site a[href="./print/"]').count(), 'the footer does not lead there');
    await follow(page, page.locator('.start a.whole'), /\/print\/$/);
    await page.evaluate(() => { window.print = () => { window.printed = true; }; });
    await page.click('#print');
    await until(page, () => window.printed, null, 'nothing is printed');
  },
};

export default [chapter, whole, perChapter, button];
