// Bytes and requests, against the budgets of a page for slow networks.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { expect } from '../browser.mjs';

const kB = 1000;
const packed = (bytes) => zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } }).length;

const file = (name, damage, limits, site = 'long') => ({
  name: `weight: ${name} at most ${limits.packed / kB} kB packed, ${limits.raw / kB} kB raw`,
  site,
  damage,
  async run({ folder }) {
    const bytes = fs.readFileSync(path.join(folder, name));
    const found = [packed(bytes), bytes.length];
    expect(found[0] <= limits.packed && found[1] <= limits.raw, `${found[0]} packed, ${found[1]} raw`);
  },
});

/** Noise of the given length: what no packing makes small. */
const noise = (length) => Array.from({ length }, (_, n) => ((n * 2654435761) % 4294967296).toString(36)).join('').slice(0, length);

const firstView = (name, site, at, damage) => ({
  name: `weight: first view of ${name}: at most 8 requests, 150 kB, fonts 65 kB, no other host`,
  site,
  damage,
  async run({ url, open }) {
    const page = await open({ viewport: { width: 1280, height: 900 } });
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const seen = new Map();
    session.on('Network.responseReceived', ({ requestId, response, type }) => seen.set(requestId, { url: response.url, type, bytes: 0 }));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { if (seen.has(requestId)) seen.get(requestId).bytes = encodedDataLength; });
    // On a busy machine the network is idle while the page is still being read: `load` comes first.
    await page.goto(url + at, { waitUntil: 'load' });
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(500);
    const all = [...seen.values()].filter((one) => !one.url.startsWith('data:'));
    const sum = (list) => list.reduce((total, one) => total + one.bytes, 0);
    const fonts = all.filter((one) => one.url.endsWith('.woff2'));
    const said = all.map((one) => `${one.url.replace(url, '/')} ${one.bytes}`).join('\n');
    expect(all.length >= 4 && all.length <= 8, `${all.length} requests\n${said}`);
    expect(sum(all) <= 150 * kB, `${sum(all)} bytes\n${said}`);
    expect(sum(fonts) <= 65 * kB && fonts.every((one) => one.bytes <= 25 * kB), `fonts\n${said}`);
    expect(!page.faults.length, page.faults.join('\n'));
  },
});

const strict = {
  name: 'weight: every page carries the strict policy and keeps it',
  damage: [[/^speech\/index\.html$/, /<meta http-equiv="Content-Security-Policy"[^>]*>/, '']],
  async run({ folder }) {
    const names = fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html'));
    for (const name of names) {
      const html = fs.readFileSync(path.join(folder, name), 'utf8');
      if (/http-equiv="refresh"/.test(html)) continue;
      const found = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
      for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "form-action 'self'"]) {
        expect(found.includes(part), `${name} lacks ${part}`);
      }
      expect(!/unsafe-(inline|eval)(?!-)/.test(found.replace('wasm-unsafe-eval', '')), `${name} allows ${found}`);
      expect(!/\sstyle="|\son\w+="/.test(html), `${name} has inline style or script`);
    }
  },
};

const refused = {
  name: 'weight: a foreign script is refused by the policy',
  damage: [[/^assembly\/index\.html$/, /<meta http-equiv="Content-Security-Policy"[^>]*>/, '']],
  async run({ url, open }) {
    const page = await open();
    await page.goto(`${url}assembly/`);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.head.append(script);
    });
    expect(!await page.evaluate(() => window.ran), 'an inline script ran');
  },
};

export default [
  file('long/index.html', [[/^long\/index\.html$/, /<\/main>/, `<!--${noise(90_000)}--></main>`]], { packed: 60 * kB, raw: 260 * kB }),
  file('assets/reader.css', [[/reader\.css$/, /$/, `/*${noise(20_000)}*/`]], { packed: 6 * kB, raw: 20 * kB }),
  file('assets/reader.js', [[/reader\.js$/, /$/, `/*${noise(8000)}*/`]], { packed: 3 * kB, raw: 8 * kB }),
  firstView('a chapter of 170 notes', 'long', 'long/', [[/^long\/index\.html$/, /<\/main>/, `<img src="../figures/bars.svg?1" alt=""><img src="../figures/bars.svg?2" alt=""><img src="../figures/bars.svg?3" alt=""><img src="../figures/bars.svg?4" alt=""><img src="../figures/bars.svg?5" alt=""><img src="../figures/bars.svg?6" alt=""></main>`]]),
  firstView('an own chapter', 'own', 'speech/'),
  firstView('the register', 'own', 'claims/'),
  firstView('an article', 'own', 'law/iccpr/article-19/'),
  strict,
  refused,
];
