// Paper: chrome away, notes there, a tagged PDF with pages.
import { expect } from '../browser.mjs';

export default [{
  name: 'print: no chrome, all notes, badges with their claims, a PDF of several pages',
  damage: [[/reader\.css$/, /header\.site,\.toc,\.pager,/, '.nothing,']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}assembly/`);
    await page.emulateMedia({ media: 'print' });
    for (const chrome of ['header.site', '.toc', '.pager', '.settings-button']) {
      expect(!await page.locator(chrome).first().isVisible(), `${chrome} is printed`);
    }
    const notes = page.locator('.notes li');
    expect(await notes.count() > 20 && await notes.last().isVisible(), 'notes are missing');
    expect(await page.locator('.text .cb:visible').count() >= 5, 'badges are missing');
    const pdf = await page.pdf({ preferCSSPageSize: true, tagged: true, outline: true });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(pages >= 4, `${pages} pages`);
  },
}];
