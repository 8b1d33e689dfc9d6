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
  ['search', 'search/?q=assembly', null],
];
const VIEWS = [['wide', { viewport: { width: 1280, height: 860 } }], ['narrow', { ...PHONE, deviceScaleFactor: 1 }]];

/** The pixels of a PNG of eight bits a channel, with its filters undone. */
function pixels(png) {
  const [width, height, depth] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3];
  const data = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = zlib.inflateSync(Buffer.concat(data));
  const row = width * depth;
  const out = Buffer.alloc(row * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (row + 1)];
    for (let x = 0; x < row; x++) {
      const left = x >= depth ? out[y * row + x - depth] : 0;
      const up = y ? out[(y - 1) * row + x] : 0;
      const corner = y && x >= depth ? out[(y - 1) * row + x - depth] : 0;
      const near = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
      const paeth = near[0] <= near[1] && near[0] <= near[2] ? left : near[1] <= near[2] ? up : corner;
      out[y * row + x] = raw[y * (row + 1) + 1 + x] + [0, left, up, (left + up) >> 1, paeth][filter];
    }
  }
  return { width, height, depth, out };
}

/** At most 256 colours: each stands for its neighbours and is the commonest of them. */
function palette({ out, depth }) {
  for (let lost = 0; ; lost++) {
    const groups = new Map();
    for (let at = 0; at < out.length; at += depth) {
      const group = ((out[at] >> lost) << 16) | ((out[at + 1] >> lost) << 8) | (out[at + 2] >> lost);
      const colour = out.readUIntBE(at, 3);
      if (!groups.has(group)) groups.set(group, new Map());
      groups.get(group).set(colour, (groups.get(group).get(colour) ?? 0) + 1);
    }
    if (groups.size > 256) continue;
    const index = new Map();
    const colours = [...groups.values()].map((group, n) => {
      for (const colour of group.keys()) index.set(colour, n);
      return [...group].sort((a, b) => b[1] - a[1])[0][0];
    });
    return { index, colours };
  }
}

/** The same picture with a palette: text needs few colours, and the file a third of the bytes. */
function packed(png) {
  const picture = pixels(png);
  const { width, height, depth, out } = picture;
  const { index, colours } = palette(picture);
  const rows = Buffer.alloc((width + 1) * height);
  for (let n = 0; n < width * height; n++) rows[Math.floor(n / width) * (width + 1) + 1 + (n % width)] = index.get(out.readUIntBE(n * depth, 3));
  const header = Buffer.from(png.subarray(16, 29));
  header[9] = 3;
  const table = Buffer.from(colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const chunks = [['IHDR', header], ['PLTE', table], ['IDAT', zlib.deflateSync(rows, { level: 9, memLevel: 9 })], ['IEND', Buffer.alloc(0)]];
  return Buffer.concat([png.subarray(0, 8), ...chunks.map(([type, data]) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(zlib.crc32(body));
    return Buffer.concat([length, body, sum]);
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
