// A reader with a keyboard: skip links, notes, focus that is seen and returned.
import { expect, isShown, until } from '../browser.mjs';

/** Tabs until a note marker has the focus; gives its id. */
async function tabToNote(page) {
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press('Tab');
    const id = await page.evaluate(() => document.activeElement.matches('a.nr') && document.activeElement.id);
    if (id) return id;
  }
  throw new Error('no note within 60 tabs');
}

const skip = {
  name: 'keyboard: the first stop skips to the text',
  damage: [[/^assembly\/index\.html$/, /<a class="skip" href="#main">[^<]*<\/a>/, '']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}assembly/`);
    await page.keyboard.press('Tab');
    await until(page, () => document.activeElement.matches('a.skip'), null, 'the first stop is no skip link');
    await page.keyboard.press('Enter');
    await until(page, () => document.activeElement.id === 'main' && location.hash === '#main', null, 'the skip link does not lead to main');
  },
};

const note = {
  name: 'keyboard: Enter opens a note, Tab goes in, Escape closes and gives the focus back',
  damage: [[/reader\.js$/, /pop\.popover = 'auto'/, "pop.popover = 'manual'"]],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}assembly/`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const id = await tabToNote(page);
    await page.keyboard.press('Enter');
    await until(page, () => document.activeElement.id === 'pop', null, 'the focus does not move into the note');
    expect(await isShown(page), 'the note is not shown');
    const said = await page.locator('#pop').ariaSnapshot();
    expect(/^- dialog "Note \d+":/.test(said), `the note is announced as ${said.split('\n')[0]}`);
    expect(/button "Close"/.test(said), 'the note has no Close button');
    expect(await page.getAttribute(`#${id}`, 'aria-expanded') === 'true', 'the marker does not say that it is expanded');
    await page.keyboard.press('Tab');
    await until(page, () => document.activeElement.closest('#pop') && document.activeElement.id !== 'pop', null, 'Tab leaves the note');
    await page.keyboard.press('Escape');
    await until(page, (id) => document.activeElement.id === id, id, 'the focus does not return to the marker');
    await until(page, () => !document.querySelector('#pop').matches(':popover-open'), null, 'Escape does not close');
    // The browser tells of the closing a moment after it.
    await until(page, (id) => document.getElementById(id).getAttribute('aria-expanded') === 'false', id, 'the marker still says that it is expanded');
    expect(!page.faults.length, page.faults.join('\n'));
  },
};

const place = {
  name: 'keyboard: a note opens at its marker',
  damage: [[/reader\.css$/, /position-area:block-end span-inline-end;/, '']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}assembly/`);
    const id = await tabToNote(page);
    await page.keyboard.press('Enter');
    await until(page, () => document.activeElement.id === 'pop', null, 'the note does not open');
    const far = await page.evaluate((id) => {
      const marker = document.getElementById(id).getBoundingClientRect();
      const note = document.querySelector('#pop').getBoundingClientRect();
      return Math.min(Math.abs(note.top - marker.bottom), Math.abs(marker.top - note.bottom));
    }, id);
    expect(far < 24, `${Math.round(far)} px between marker and note`);
  },
};

const back = {
  name: 'keyboard: the back-link of a note lands on its marker',
  site: 'long',
  damage: [[/^long\/index\.html$/, /<a class="bk" href="#r160"[^>]*>[^<]*<\/a>/, '']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}long/#n160`);
    const link = page.locator('#n160 a[role=doc-backlink]');
    expect(await link.getAttribute('aria-label', { timeout: page.patience }) === 'Back to note 160 in the text', 'the back-link has no name');
    await link.focus();
    await page.keyboard.press('Enter');
    await until(page, () => {
      const { top } = document.querySelector('#r160').getBoundingClientRect();
      return location.hash === '#r160' && top >= 0 && top < innerHeight;
    }, null, 'the marker is not in view');
  },
};

const again = {
  name: 'keyboard: a note used three times has three named back-links',
  site: 'long',
  damage: [[/^long\/index\.html$/, /id="r3b"/, 'id="r3x"']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}long/`);
    const links = await page.locator('#n3 a[role=doc-backlink]').evaluateAll((all) => all.map((a) => [a.getAttribute('aria-label'), !!document.querySelector(a.hash)]));
    expect(links.length === 3 && new Set(links.map(([label]) => label)).size === 3, `back-links ${JSON.stringify(links)}`);
    expect(links.every(([, lands]) => lands), 'a back-link leads nowhere');
  },
};

const stops = (width) => ({
  name: `keyboard: every stop shows its focus and lies on the screen, ${width}`,
  damage: width === 1280 ? [[/reader\.css$/, /:focus-visible\{[^}]*\}/, ':focus-visible{outline:0}']] : undefined,
  async run({ url, open }) {
    const page = await open({ viewport: { width, height: 900 } });
    await page.goto(`${url}assembly/`);
    const bad = [];
    let n = 0;
    for (; n < 400; n++) {
      await page.keyboard.press('Tab');
      const fault = await page.evaluate(() => {
        const e = document.activeElement;
        if (e === document.body) return 'end';
        const box = e.getBoundingClientRect();
        const style = getComputedStyle(e);
        const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
        return ring && inView ? '' : `${ring ? 'off screen' : 'no ring'}: ${e.outerHTML.slice(0, 90)}`;
      });
      if (fault === 'end') break;
      if (fault) bad.push(fault);
      if (bad.length > 3) break;
    }
    expect(n > 50 && n < 400, `${n} stops; the walk through the page did not end`);
    expect(!bad.length, bad.slice(0, 4).join('\n'));
  },
});

const setting = {
  name: 'keyboard: a setting makes the Tab key stop at the numbers of paragraphs, here and on the next page',
  damage: [[/reader\.js$/, /if \(root\.dataset\.paragraphs\) stops\(\);/, '']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}assembly/`);
    const index = (wanted, words) => until(page, (wanted) => document.querySelector('.pn').tabIndex === wanted, wanted, words);
    await index(-1, 'a stop that nobody asked for');
    await page.click('.settings-button');
    await page.check('#settings input[name=paragraphs][value=on]');
    await index(0, 'the setting does nothing');
    await page.goto(`${url}speech/`);
    await index(0, 'the setting is forgotten');
    expect(!page.faults.length, page.faults.join('\n'));
  },
};

export default [skip, note, place, back, again, stops(1280), stops(390), setting];
