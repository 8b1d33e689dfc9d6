// The site opened from disk, where no server finds index.html.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, follow, until } from '../browser.mjs';

export default [{
  name: 'disk: notes open, links lead to pages, styles and scripts load',
  damage: [[/reader\.js$/, /location\.protocol === 'file:'/, 'false']],
  async run({ folder, open }) {
    const page = await open();
    await page.goto(pathToFileURL(path.join(folder, 'assembly/index.html')).href);
    expect(await page.evaluate(() => getComputedStyle(document.body).marginTop) === '0px', 'no stylesheet');
    await page.locator('a.nr').first().click();
    await until(page, () => document.querySelector('#pop')?.matches(':popover-open'), null, 'the note does not open');
    await page.keyboard.press('Escape');
    await follow(page, page.locator('header.site a[href*="sources/"]'), /\/sources\/index\.html$/);
    await follow(page, page.locator('#list .facts a[href*="#n"]').first(), /index\.html#n\d+$/);
  },
}];
