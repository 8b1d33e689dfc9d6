// Builds the reports, runs every check on them, then damages what each check guards and runs it again:
// a check that still passes on the damaged page is no check and counts as failed.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { launch, open } from './browser.mjs';
import { arabicReport, kazakhReport, longReport } from './report.mjs';
import { serve } from './serve.mjs';
import axe from './checks/axe.mjs';
import disk from './checks/disk.mjs';
import keyboard from './checks/keyboard.mjs';
import layout from './checks/layout.mjs';
import markup from './checks/markup.mjs';
import pointer from './checks/pointer.mjs';
import print from './checks/print.mjs';
import register from './checks/register.mjs';
import scriptless from './checks/scriptless.mjs';
import search from './checks/search.mjs';
import speed from './checks/speed.mjs';
import weight from './checks/weight.mjs';

const [temp, root, ...words] = process.argv.slice(2);
const started = Date.now();
const WORKERS = 3;
/** How long a check waits on a damaged page, where what it waits for never comes. */
const DAMAGED_PATIENCE = 2500;
const LOOKS = ['bulletin', 'ministry'];

function build(folder) {
  try {
    execFileSync(path.join(temp, 'rapporteur'), ['build', folder, '--format', 'short'], { stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    console.log(`${error.stdout}${error.stderr}`);
    throw new Error(`${path.basename(folder)} does not build`);
  }
}

/** The sites: the own report in its three looks, the long one, the Arabic one, the Kazakh one. */
async function sites() {
  const own = path.join(temp, 'own');
  for (const part of ['book.toml', 'citations.yaml', 'content', 'instruments', 'themes']) {
    const from = path.join(root, part);
    if (fs.existsSync(from)) fs.cpSync(from, path.join(own, part), { recursive: true });
  }
  for (const look of LOOKS) {
    fs.cpSync(own, path.join(temp, look), { recursive: true });
    fs.appendFileSync(path.join(temp, look, 'book.toml'), `look = "${look}"\n`);
  }
  longReport(path.join(temp, 'long'), root);
  arabicReport(path.join(temp, 'ar'), root);
  kazakhReport(path.join(temp, 'kk'), root);
  const found = {};
  for (const name of ['own', 'long', 'ar', 'kk', ...LOOKS]) {
    build(path.join(temp, name));
    found[name] = await site(path.join(temp, name, 'site'));
  }
  return found;
}

async function site(folder) {
  const server = await serve(folder);
  return { folder, url: server.url, close: server.close };
}

function htmlFiles(folder) {
  return fs.readdirSync(folder, { recursive: true }).filter((name) => /\.(html|css|js)$/.test(name));
}

/** A copy of the site in which each `[file, from, to]` has been done; it must change something. */
async function damaged(whole, damage, number) {
  const folder = path.join(temp, `damaged-${number}`);
  fs.cpSync(whole.folder, folder, { recursive: true });
  for (const [file, from, to] of damage) {
    let changed = false;
    for (const name of htmlFiles(folder).filter((name) => file.test(name))) {
      const text = fs.readFileSync(path.join(folder, name), 'utf8');
      const next = text.replace(from, to);
      changed ||= next !== text;
      fs.writeFileSync(path.join(folder, name), next);
    }
    if (!changed) throw new Error(`the damage ${file} ${from} finds nothing to change`);
  }
  return site(folder);
}

/** Runs `check` on a site; every page that it opens is closed. */
async function once(browser, check, at, patience) {
  const pages = [];
  const opener = async (options) => {
    const page = await open(browser, options, patience);
    pages.push(page);
    return page;
  };
  try {
    await check.run({ ...at, temp, open: opener });
  } finally {
    await Promise.all(pages.map((page) => page.context().close().catch(() => {})));
  }
}

const tally = { passed: 0, failed: 0 };
function record(error, name, ms) {
  tally[error ? 'failed' : 'passed']++;
  const said = error ? `\n       ${String(error.message).split('\n').slice(0, 6).join('\n       ')}` : '';
  console.log(`${error ? 'FAILED' : 'ok    '} ${name} (${ms} ms)${said}`);
}

async function timed(name, action) {
  const from = Date.now();
  const error = await action().then(() => null, (error) => error);
  record(error, name, Date.now() - from);
}

/** Runs `check` until it passes, three times at most: a busy machine may be late once, a fault stays. */
async function patiently(browser, check, at) {
  for (let left = 2; ; left--) {
    const error = await once(browser, check, at).then(() => null, (error) => error);
    if (!error) return;
    if (!left) throw error;
    console.log(`again  ${check.name}: ${String(error.message).split('\n')[0]}`);
  }
}

let copies = 0;
function jobs(browser, found, check) {
  const at = found[check.site ?? 'own'];
  const list = [() => timed(check.name, () => patiently(browser, check, at))];
  if (check.damage) {
    list.push(() => timed(`${check.name}: fails on a damaged page`, async () => {
      const broken = await damaged(at, check.damage, ++copies);
      const error = await once(browser, check, broken, DAMAGED_PATIENCE).then(() => null, (error) => error);
      broken.close();
      fs.rmSync(broken.folder, { recursive: true, force: true });
      if (!error) throw new Error('the check passes although the page is damaged');
    }));
  }
  return list;
}

async function work(queue) {
  while (queue.length) await queue.shift()();
}

async function main() {
  const found = await sites();
  const browser = await launch();
  const wanted = (check) => words.every((word) => check.name.includes(word));
  const together = [markup, axe, keyboard, pointer, scriptless, register, layout, disk, print, search, weight].flat().filter(wanted);
  const queue = together.flatMap((check) => jobs(browser, found, check));
  await Promise.all(Array.from({ length: WORKERS }, () => work(queue)));
  // What measures time runs alone.
  await work(speed.filter(wanted).flatMap((check) => jobs(browser, found, check)));
  await browser.close();
  Object.values(found).forEach((one) => one.close());
}

await main().catch((error) => record(error, 'the tests as a whole', Date.now() - started));
console.log(`in ${Math.round((Date.now() - started) / 1000)} s`);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed || !tally.passed ? 1 : 0);
