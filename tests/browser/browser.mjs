// Chromium, found where Debian puts it, and pages that report what they should not do.
import fs from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-lcd-text'];

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Starts Chromium; fails loudly where there is none. */
export function launch() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => fs.existsSync(place));
  if (!executablePath) throw new Error('no Chromium on this machine');
  return chromium.launch({ executablePath, args: QUIET });
}

/** How long a check waits for what should come, in milliseconds: a machine may be slow and shared. */
const PATIENCE = 8000;

/** A fresh page; `page.faults` gathers errors, warnings of the policy and requests to other hosts. */
export async function open(browser, options = {}, patience = PATIENCE) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.patience = patience;
  page.setDefaultTimeout(3 * patience);
  page.faults = [];
  const own = /^(http:\/\/127\.0\.0\.1:|https:\/\/example\.org\/|data:|file:|blob:|about:)/;
  page.on('request', (request) => own.test(request.url()) || page.faults.push(`asks ${request.url()}`));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && page.faults.push(message.text()));
  page.on('pageerror', (error) => page.faults.push(error.message));
  return page;
}

/** Throws `words` unless `holds`. */
export function expect(holds, words) {
  if (!holds) throw new Error(words);
}

/** Waits until `test` holds in the page; the words say what did not come. */
export async function until(page, test, argument, words) {
  await page.waitForFunction(test, argument, { timeout: page.patience }).catch(() => { throw new Error(words); });
}

/** Waits until `test`, which asks the page from here, holds: also where the page may run no script. */
export async function poll(page, test, words) {
  for (const end = Date.now() + page.patience; ;) {
    if (await test()) return;
    if (Date.now() > end) throw new Error(words);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Clicks a link and waits until the page at an address that `pattern` matches has loaded. */
export async function follow(page, link, pattern) {
  await link.click();
  await page.waitForURL(pattern, { timeout: page.patience }).catch(() => { throw new Error(`the link leads to ${page.url()}, not to ${pattern}`); });
}

/** Whether the note or provision is shown. */
export const isShown = (page) => page.evaluate(() => !!document.querySelector('#pop')?.matches(':popover-open'));
