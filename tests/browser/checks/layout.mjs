// What stands where: narrow, wide, enlarged, in forced colours, right to left.
import { PHONE, expect, poll, until } from '../browser.mjs';

const PATHS = ['', 'assembly/', 'speech/', 'method/', 'claims/', 'claims/by-article/', 'claims/by-right/', 'sources/', 'law/', 'law/iccpr/', 'law/iccpr/article-19/', 'search/', 'search/?q=law', 'print/'];
const width = (page) => page.evaluate(() => document.documentElement.scrollWidth);

async function fits(page, url, paths, wide) {
  for (const path of paths) {
    await page.goto(url + path);
    const is = await width(page);
    expect(is <= wide, `/${path} is ${is} px wide on ${wide}`);
  }
}

const reflow = (site, paths, damage) => ({
  name: `layout: 320 px without a sideways scroll, ${site}`,
  site,
  damage,
  async run({ url, open }) {
    await fits(await open({ viewport: { width: 320, height: 640 } }), url, paths, 320);
  },
});

const widths = {
  name: 'layout: no sideways scroll from 390 to 1920 px, with large text too',
  damage: [[/reader\.css$/, /\.scroll\{overflow-x:auto/, '.scroll{overflow-x:visible']],
  async run({ url, open }) {
    const page = await open();
    for (const wide of [390, 768, 1279, 1280, 1920]) {
      await page.setViewportSize({ width: wide, height: 900 });
      for (const path of ['speech/', 'claims/']) {
        await page.goto(url + path);
        for (const size of ['', 'large']) {
          await page.evaluate((size) => { document.documentElement.dataset.size = size; }, size);
          // What the script moves into the margin or out of it comes a moment after the new width.
          await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
          const is = await width(page);
          expect(is <= wide, `/${path} is ${is} px wide on ${wide} ${size}`);
        }
      }
    }
  },
};

const spacing = {
  name: 'layout: text spacing of WCAG 1.4.12 loses nothing, 320 and 1280',
  damage: [[/reader\.css$/, /$/, '.meta{white-space:nowrap;flex-wrap:nowrap}.title{overflow:visible}']],
  async run({ url, open }) {
    const page = await open();
    for (const wide of [320, 1280]) {
      await page.setViewportSize({ width: wide, height: 800 });
      for (const path of ['assembly/', 'claims/', 'law/iccpr/article-19/']) {
        await page.goto(url + path);
        await page.evaluate(() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}');
          document.adoptedStyleSheets = [sheet];
        });
        const is = await width(page);
        expect(is <= wide, `/${path} is ${is} px wide on ${wide}`);
      }
    }
  },
};

const badges = {
  name: 'layout: wide, each badge stands in the margin beside its claim',
  damage: [[/reader\.js$/, /mark\.before\(b\)/, 'd.body.append(b)']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}assembly/`);
    const far = await page.evaluate(() => [...document.querySelectorAll('.text .cid')].map((link) => {
      const lines = [...document.getElementById(link.hash.slice(1)).getClientRects()];
      const badge = link.closest('.cb').getBoundingClientRect();
      const text = document.querySelector('.text').getBoundingClientRect();
      const [top, bottom] = [lines[0].top, lines.at(-1).bottom];
      return [link.textContent, badge.left > text.right && badge.right <= innerWidth, Math.round(Math.max(top - badge.bottom, badge.top - bottom))];
    }));
    expect(far.length >= 5, 'no badges');
    for (const [name, aside, gap] of far) expect(aside && gap < 140, `${name}: in the margin ${aside}, ${gap} px off`);
  },
};

const margin = {
  name: 'layout: nothing in the margin column collides',
  site: 'long',
  damage: [[/reader\.css$/, /float:inline-end;clear:inline-end;inline-size:var\(--m\)/, 'position:absolute!important;inset-inline-end:0;inline-size:var(--m)']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}long/`);
    const clash = await page.evaluate(() => {
      const all = [...document.querySelectorAll('.text .cb, .text .sn')].filter((e) => e.checkVisibility());
      const boxes = all.map((e) => [e.textContent.slice(0, 40), e.getBoundingClientRect()]).sort((a, b) => a[1].top - b[1].top);
      const found = boxes.length > 20 ? [] : [`only ${boxes.length} things in the margin`];
      boxes.forEach(([name, box], at) => {
        const above = boxes[at - 1];
        if (above && above[1].bottom > box.top + 1 && above[1].right > box.left && above[1].left < box.right) found.push(`${above[0]} over ${name}`);
        if (box.right > innerWidth) found.push(`${name} leaves the page`);
      });
      return found;
    });
    expect(!clash.length, clash.slice(0, 4).join('\n'));
  },
};

const narrowing = {
  name: 'layout: narrowing the window puts the badges back after their paragraphs',
  site: 'long',
  damage: [[/reader\.js$/, /m\[1\]\.append\(m\[0\]\)/, 'void 0']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}long/`);
    await poll(page, async () => await page.locator('.sn:visible').count() > 10, 'no sidenotes when wide');
    expect(await page.evaluate(() => [...document.querySelectorAll('.sn')].every((n) => n.getAttribute('aria-hidden') === 'true' && [...n.querySelectorAll('a')].every((a) => a.tabIndex < 0))), 'sidenotes are read twice');
    await page.setViewportSize({ width: 800, height: 900 });
    await until(page, () => !document.querySelector('.sn') && [...document.querySelectorAll('.text .cb')].every((b) => b.parentNode.matches('.cbs')), null, 'badges or sidenotes stay');
  },
};

const forced = {
  name: 'layout: forced colours keep claims and focus visible',
  damage: [[/reader\.css$/, /@media \(forced-colors:active\)\{mark\.claim\{[^}]*\}/, '@media (forced-colors:active){']],
  async run({ url, open }) {
    const page = await open({ forcedColors: 'active' });
    await page.goto(`${url}assembly/`);
    const edge = await page.locator('mark.claim').first().evaluate((e) => [getComputedStyle(e).borderBottomStyle, getComputedStyle(e).borderBottomWidth]);
    expect(edge[0] === 'solid' && edge[1] !== '0px', `a claim is shown by ${edge}`);
    await page.keyboard.press('Tab');
    await until(page, () => document.activeElement !== document.body && getComputedStyle(document.activeElement).outlineStyle !== 'none', null, 'no ring');
  },
};

const deep = {
  name: 'layout: deep links land on a phone: note, marker, paragraph, claim, words',
  site: 'long',
  damage: [[/^long\/index\.html$/, /<p id="p40"/, '<p id="p40x"']],
  async run({ url, open }) {
    const page = await open(PHONE);
    for (const id of ['n150', 'r150', 'p40', 'claim-7']) {
      await page.goto('about:blank');
      await page.goto(`${url}long/#${id}`);
      await until(page, (id) => {
        const box = document.getElementById(id)?.getBoundingClientRect();
        return box && box.bottom > 0 && box.top < innerHeight && scrollY > 200;
      }, id, `#${id} is not in view`);
    }
    await page.goto('about:blank');
    await page.goto(`${url}long/#:~:text=Section%209%20of%20the%20chapter`);
    await until(page, () => scrollY > 200, null, 'a text fragment does not scroll');
  },
};

const phoneNotes = {
  name: 'layout: on a phone the numbers of the notes are not cut off',
  damage: [[/reader\.css$/, /\.notes ol\{content-visibility:auto/, '.notes li{content-visibility:auto']],
  async run({ url, open }) {
    const page = await open(PHONE);
    await page.goto(`${url}assembly/#notes`);
    const cut = await page.evaluate(() => [...document.querySelectorAll('.notes li')].filter((e) => {
      const { contentVisibility, overflow, contain } = getComputedStyle(e);
      return contentVisibility !== 'visible' || overflow !== 'visible' || /paint|strict|content/.test(contain);
    }).length);
    expect(!cut, `${cut} items clip what hangs before them`);
    expect(await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('.notes ol')).paddingInlineStart)) > 30, 'no room for three digits');
  },
};

const targets = {
  name: 'layout: targets outside sentences measure 24 px and more',
  damage: [[/reader\.css$/, /\.crumbs a\{color:inherit;display:inline-block;padding-block:\.2rem\}/, '.crumbs a{line-height:1;font-size:.5rem}']],
  async run({ url, open }) {
    const page = await open();
    for (const path of PATHS) {
      await page.goto(url + path);
      const small = await page.evaluate(() => [...document.querySelectorAll('a,button,input,summary')].filter((e) => {
        if (!e.checkVisibility() || e.tabIndex < 0 || e.matches('.skip,[type=radio]')) return false;
        const inSentence = e.closest('p,li,sup,dd,figcaption,td,.sn') && !e.closest('nav');
        const { width, height } = e.getBoundingClientRect();
        return !inSentence && (width < 24 || height < 24);
      }).map((e) => e.outerHTML.slice(0, 90)));
      expect(!small.length, `/${path}: ${small.slice(0, 3).join(' | ')}`);
    }
  },
};

const numbers = {
  name: 'layout: a pinpoint keeps its order in a page from right to left',
  site: 'ar',
  damage: [[/\.html$/, /<bdi dir="ltr">/g, '<bdi dir="rtl">']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}arabi/`);
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('.chapter')).direction) === 'rtl', 'the page runs from left to right');
    const order = await page.evaluate(() => {
      const walk = document.createTreeWalker(document.querySelector('.cb'), NodeFilter.SHOW_TEXT);
      for (let node; (node = walk.nextNode());) {
        const at = node.data.indexOf('19(3)');
        if (at < 0) continue;
        const left = (from) => {
          const range = new Range();
          range.setStart(node, at + from);
          range.setEnd(node, at + from + 1);
          return range.getBoundingClientRect().left;
        };
        return [left(0), left(2), left(3), left(4)];
      }
      return [];
    });
    expect(order.length === 4 && order.every((x, at) => !at || x > order[at - 1]), `19(3) is set in the order ${order.map(Math.round)}`);
  },
};

const mirrored = {
  name: 'layout: an Arabic chapter of an English report runs from right to left',
  site: 'long',
  damage: [[/^arabi\/index\.html$/, / dir="rtl"/g, '']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}arabi/`);
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('.text p')).direction) === 'rtl', 'it runs from left to right');
    expect(await page.evaluate(() => document.querySelector('.text').closest('[lang]').lang) === 'ar', 'its language is not said');
  },
};

const pictures = {
  name: 'layout: a phone fetches a smaller picture, and its place is kept before it comes',
  site: 'kk',
  damage: [[/^pikir\/index\.html$/, / srcset="[^"]*"/, '']],
  async run({ url, open }) {
    const page = await open({ ...PHONE, deviceScaleFactor: 1 });
    await page.goto(`${url}pikir/`);
    const picture = page.locator('figure img');
    await picture.scrollIntoViewIfNeeded();
    await until(page, () => ((img) => img.complete && img.currentSrc)(document.querySelector('figure img')), null, 'the picture does not come');
    const found = await picture.evaluate((img) => ({ source: img.currentSrc, ratio: img.width / img.height, asked: img.getAttribute('width') }));
    expect(/noise\.608w\.png$/.test(found.source), `the phone fetches ${found.source}`);
    expect(found.asked === '1600' && Math.abs(found.ratio - 4) < 0.05, `${found.asked}, ${found.ratio}`);
    const wide = await open({ viewport: { width: 1280, height: 900 }, deviceScaleFactor: 2 });
    await wide.goto(`${url}pikir/`);
    await wide.locator('figure img').scrollIntoViewIfNeeded();
    await until(wide, () => ((img) => img.complete && img.currentSrc)(document.querySelector('figure img')), null, 'the picture does not come');
    const source = await wide.locator('figure img').evaluate((img) => img.currentSrc);
    expect(/noise\.1216w\.png$/.test(source), `a sharp screen fetches ${source}`);
  },
};

export default [
  reflow('own', PATHS, [[/reader\.css$/, /\.scroll\{overflow-x:auto/, '.scroll{overflow-x:visible']]),
  reflow('long', ['long/', 'russkaya/', 'arabi/']),
  reflow('ar', ['', 'arabi/', 'claims/', 'sources/']),
  widths, spacing, badges, margin, narrowing, forced, deep, phoneNotes, targets, numbers, mirrored, pictures,
];
