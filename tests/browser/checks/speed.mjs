// Time, on a slow phone: 1.6 Mbit/s, 150 ms, a processor slowed four times. Run alone.
import os from 'node:os';
import { PHONE, expect, until } from '../browser.mjs';

function observe() {
  window.seen = { lcp: 0, cls: 0, tbt: 0, event: 0 };
  const watch = (type, add, more) => new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type, buffered: true, ...more });
  watch('largest-contentful-paint', (entry) => { window.seen.lcp = entry.startTime; });
  watch('layout-shift', (entry) => { if (!entry.hadRecentInput) window.seen.cls += entry.value; });
  watch('longtask', (entry) => { window.seen.tbt += Math.max(0, entry.duration - 50); });
  watch('event', (entry) => { window.seen.event = Math.max(window.seen.event, entry.duration); }, { durationThreshold: 16 });
}

async function load(context, at) {
  const page = await context.open({ ...PHONE, deviceScaleFactor: 2 });
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.addInitScript(observe);
  await page.goto(context.url + at, { waitUntil: 'load' });
  await page.waitForTimeout(1200);
  const seen = await page.evaluate(() => ({ ...window.seen, event: 0 }));
  const marker = page.locator('a.nr').first();
  if (await marker.count()) {
    await marker.tap();
    await until(page, () => document.querySelector('#pop')?.matches(':popover-open'), null, 'the note does not open');
    await page.waitForTimeout(400);
    seen.event = await page.evaluate(() => window.seen.event);
  }
  await page.context().close();
  return seen;
}

// Another process on the machine makes a load slower and never faster, so the best of three
// (of six at most) counts for time; a shift of the layout is the page's own, so there the worst counts.
// A time over its budget is told; only one far over it fails, for the machine may be slow or shared.
const BUDGET = { lcp: 2500, tbt: 150, event: 200 };
const FAR = 4;

const measure = (name, site, at, damage) => ({
  name: `speed: ${name}: LCP 2.5 s, CLS 0.01, blocked 150 ms, first note 200 ms`,
  site,
  damage,
  async run(context) {
    const runs = [];
    const best = (key) => Math.round(Math.min(...runs.map((run) => run[key]).filter((time) => key !== 'lcp' || time > 0)));
    const over = (times) => Object.keys(BUDGET).filter((key) => best(key) > times * BUDGET[key]);
    while (runs.length < 3 || (runs.length < 6 && over(1).length)) runs.push(await load(context, at));
    const cls = Math.max(...runs.map((run) => run.cls));
    const load1 = os.loadavg()[0].toFixed(1);
    const told = over(1).length ? ` (OVER BUDGET: ${over(1).join(', ')}; load ${load1} on ${os.cpus().length} processors)` : '';
    const said = `LCP ${best('lcp')} ms, CLS ${cls.toFixed(3)}, blocked ${best('tbt')} ms, note ${best('event')} ms${told}`;
    console.log(`       ${name}: ${said}`);
    expect(!over(FAR).length && cls <= 0.01, said);
  },
});

const LATE = "addEventListener('load',function(){setTimeout(function(){var b=document.createElement('p');b.textContent='late';b.className='box';document.querySelector('main').prepend(b)},500)});";

export default [
  measure('a chapter of 170 notes', 'long', 'long/', [[/reader\.js$/, /$/, LATE]]),
  measure('the register', 'own', 'claims/'),
  measure('the front page', 'own', ''),
];
