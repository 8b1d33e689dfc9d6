// Takes the pictures of docs/screenshots from a built site:
//   npm ci --ignore-scripts; node screenshots.mjs [SITE]     SITE: ../../site by default
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { PHONE, launch, open } from './browser.mjs';
import { serve } from './serve.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = path.resolve(process.argv[2] ?? path.join(here, '../../site'));
const out = path.join(here, '../../docs/screenshots');
const LIMIT = 200_000;

/** Name, address, and where the page is scrolled to. */
const PAGES = [
  ['chapter', 'assembly/', '#sec-permit'],
  ['article', 'law/iccpr/article-21/', null],
  ['register', 'claims/', null],
  ['sources', 'sources/', null],
];
const VIEWS = [['wide', { viewport: { width: 1280, height: 720 } }], ['narrow', { ...PHONE, deviceScaleFactor: 1 }]];

/** The same PNG with its pixels deflated as far as they go; Chromium deflates them in haste. */
function packed(png) {
  const chunks = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + png.readUInt32BE(at)) });
  }
  const pixels = zlib.inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)));
  const whole = { type: 'IDAT', data: zlib.deflateSync(pixels, { level: 9, memLevel: 9 }) };
  const kept = [chunks.find(({ type }) => type === 'IHDR'), whole, { type: 'IEND', data: Buffer.alloc(0) }];
  return Buffer.concat([png.subarray(0, 8), ...kept.map(({ type, data }) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(zlib.crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  })]);
}

async function shoot(browser, url, [name, at, scroll], [width, view], colorScheme) {
  const page = await open(browser, { ...view, colorScheme });
  await page.goto(url + at);
  // Once more, with the fonts at hand, as on the second page that a reader opens.
  await page.reload({ waitUntil: 'networkidle' });
  if (scroll) await page.evaluate((id) => scrollTo(0, document.querySelector(id).getBoundingClientRect().top + scrollY - 24), scroll);
  await page.waitForTimeout(150);
  const file = path.join(out, `${name}-${width}-${colorScheme}.png`);
  fs.writeFileSync(file, packed(await page.screenshot()));
  await page.context().close();
  const { size } = fs.statSync(file);
  if (size > LIMIT) throw new Error(`${file} has ${size} bytes, more than ${LIMIT}`);
  console.log(`${path.basename(file)} ${Math.round(size / 1000)} kB`);
}

if (!fs.existsSync(path.join(folder, 'index.html'))) throw new Error(`no site at ${folder}: build it first`);
fs.mkdirSync(out, { recursive: true });
const server = await serve(folder);
const browser = await launch();
for (const page of PAGES) {
  for (const view of VIEWS) {
    for (const scheme of ['light', 'dark']) await shoot(browser, server.url, page, view, scheme);
  }
}
await browser.close();
server.close();
