// A reader with a mouse or a finger.
import { PHONE, expect, isShown, poll, until } from '../browser.mjs';

const shown = (page, is, words) => until(page, (is) => !!document.querySelector('#pop')?.matches(':popover-open') === is, is, words);

const hover = {
  name: 'pointer: hover shows a note without taking the focus, and the note can be hovered',
  damage: [[/reader\.js$/, /pop\.addEventListener\('pointerenter'[^\n]*/, '']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}assembly/`);
    const marker = page.locator('a.nr').nth(3);
    await marker.hover();
    await shown(page, true, 'hover shows nothing');
    expect(await page.evaluate(() => document.activeElement === document.body), 'hover takes the focus');
    await page.hover('#pop');
    await page.waitForTimeout(420);
    expect(await isShown(page), 'the note closes under the pointer');
    await page.keyboard.press('Escape');
    await shown(page, false, 'Escape does not close');
    await marker.hover();
    await shown(page, true, 'hover shows nothing the second time');
    await page.mouse.move(4, 400);
    await shown(page, false, 'the note stays when the pointer leaves');
  },
};

const click = {
  name: 'pointer: a click opens a note, a second one closes it; a modified click passes',
  damage: [[/reader\.js$/, /e\.preventDefault\(\)/g, 'void 0']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}assembly/`);
    const marker = page.locator('a.nr').first();
    await marker.click();
    await shown(page, true, 'a click shows nothing');
    expect(await page.evaluate(() => !location.hash), 'a click jumps to the list');
    await marker.click();
    await shown(page, false, 'a second click does not close');
    const [other] = await Promise.all([page.context().waitForEvent('page'), marker.click({ modifiers: ['ControlOrMeta'] })]);
    expect(!await isShown(page), 'a modified click is taken');
    await other.close();
  },
};

const provision = {
  name: 'pointer: an article’s link shows the provision and the claims on it',
  damage: [[/^assembly\/index\.html$/, /data-src="auth-iccpr-21"/g, 'data-src="nothing"']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}assembly/`);
    await page.locator('.text a.art[href*="iccpr/article-21"]').first().click();
    await shown(page, true, 'the link shows nothing');
    const words = await page.locator('#pop').innerText();
    expect(/ICCPR art\. 21/.test(words) && /3\.1/.test(words), `the popover says: ${words}`);
  },
};

const settings = {
  name: 'pointer: settings are kept: theme, previews off, claims hidden',
  damage: [[/reader\.js$/, /localStorage\.setItem\(i\.name, i\.value\)/, '0']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}assembly/`);
    await page.click('.settings-button');
    await page.check('input[name=theme][value=dark]');
    await page.check('input[name=previews][value=off]');
    await page.check('input[name=claims][value=off]');
    await page.reload();
    await until(page, () => getComputedStyle(document.documentElement).colorScheme === 'dark', null, 'the theme is lost');
    await until(page, () => !document.querySelector('.cb').checkVisibility(), null, 'claims are shown again');
    await page.locator('a.nr').first().hover();
    await page.waitForTimeout(700);
    expect(!await isShown(page), 'previews are on again');
  },
};

const sheet = {
  name: 'touch: a note is a sheet at the bottom; a tap outside closes it',
  damage: [[/reader\.css$/, /#pop:popover-open\{position:fixed;inset:auto 0 0/, '#pop:popover-open{position:fixed;inset:0 0 auto']],
  async run({ url, open }) {
    const page = await open(PHONE);
    await page.goto(`${url}assembly/`);
    await page.locator('a.nr').first().tap();
    await shown(page, true, 'a tap shows nothing');
    const box = await page.evaluate(() => {
      const { left, right, bottom } = document.querySelector('#pop').getBoundingClientRect();
      return [left, right - innerWidth, bottom - innerHeight].map(Math.round);
    });
    expect(box.every((side) => side === 0), `the sheet stands off the edges by ${box}`);
    await page.touchscreen.tap(200, 60);
    await shown(page, false, 'a tap outside does not close');
  },
};

const header = {
  name: 'touch: the header is one row; its menu opens',
  damage: [[/reader\.css$/, /header\.site>div\{gap:\.6rem\}/, 'header.site>div{flex-direction:column}']],
  async run({ url, open }) {
    const page = await open(PHONE);
    await page.goto(`${url}assembly/`);
    const height = await page.evaluate(() => document.querySelector('header.site').getBoundingClientRect().height);
    expect(height < 60, `${height} px`);
    await page.locator('.menu-button').tap();
    await until(page, () => document.querySelector('#menu a').checkVisibility(), null, 'the menu does not open');
  },
};

const copy = {
  name: 'pointer: “cite this chapter” opens and offers to copy',
  damage: [[/^assembly\/index\.html$/, /class="copy"/g, 'class="words"']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}assembly/`);
    await page.click('.cite summary');
    await poll(page, async () => await page.locator('.copy button:visible').count() >= 2, 'no button to copy with');
  },
};

export default [hover, click, provision, settings, sheet, header, copy];
