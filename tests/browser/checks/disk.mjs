// The site opened from disk, where no server finds index.html.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, isShown } from '../browser.mjs';

export default [{
  name: 'disk: notes open, links lead to pages, styles and scripts load',
  damage: [[/reader\.js$/, /location\.protocol === 'file:'/, 'false']],
  async run({ folder, open }) {
    const page = await open();
    await page.goto(pathToFileURL(path.join(folder, 'assembly/index.html')).href);
    expect(await page.evaluate(() => getComputedStyle(document.body).marginTop) === '0px', 'no stylesheet');
    await page.locator('a.nr').first().click();
    expect(await isShown(page), 'the note does not open');
    await page.keyboard.press('Escape');
    await page.click('header.site a[href*="sources/"]');
    expect(page.url().endsWith('/sources/index.html'), `the link leads to ${page.url()}`);
    await page.locator('#list .facts a[href*="#n"]').first().click();
    expect(/index\.html#n\d+$/.test(page.url()), `the note’s link leads to ${page.url()}`);
  },
}];
