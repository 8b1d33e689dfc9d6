// Reloads this page when it, or a file that it uses, has changed; keeps the reading place; shows
// what is wrong. The server puts it into pages of the preview only.
(() => {
  'use strict';
  const PLACE = 'rapporteur-place', DISMISSED = 'rapporteur-dismissed';
  const PLACED = 'main [id], article [id], [id^="p"]';
  const { version, print } = document.currentScript.dataset;

  // The stream. A hidden page gives its connection back (a browser has six for all its tabs), and
  // hears of all that it missed when it is seen again.
  let stream = null, last = version, isLeaving = false;
  const listen = () => {
    if (stream || document.hidden || isLeaving) return;
    const query = new URLSearchParams({ since: last, print, path: location.pathname });
    stream = new EventSource('/__rapporteur/events?' + query);
    stream.onmessage = (event) => {
      last = event.lastEventId;
      const { changed, problems } = JSON.parse(event.data);
      show(problems);
      if (changed === null || concerns(changed)) reload();
    };
    stream.onerror = () => { if (!isLeaving) say('The preview has lost its server. Is rapporteur serve still running?'); };
    stream.onopen = () => say('');
  };
  const silence = () => { if (stream) stream.close(); stream = null; };
  document.addEventListener('visibilitychange', () => (document.hidden ? silence() : listen()));
  addEventListener('pagehide', silence);
  addEventListener('pageshow', listen);

  // The file of the site that an address names; nothing for one of another site.
  const file = (address) => {
    const url = new URL(address, location.href);
    if (url.origin !== location.origin) return null;
    let path;
    try { path = decodeURIComponent(url.pathname.slice(1)); } catch { return null; }
    return path === '' || path.endsWith('/') ? path + 'index.html' : path;
  };
  const concerns = (changed) => {
    const used = new Set([file(location.href), file(location.href) + '/index.html']);
    for (const entry of performance.getEntriesByType('resource')) used.add(file(entry.name));
    // Not every link is used: the page before and the page after are only named.
    for (const element of document.querySelectorAll('link[rel~=stylesheet], link[rel~=icon], [src]'))
      used.add(file(element.href || element.src));
    return changed.some((path) => used.has(path));
  };

  // The reading place: the last named element that begins above the upper edge, and how far.
  // Its words without the number before them, which changes when a paragraph comes in above.
  const words = (element) => element.textContent.replace(/\s+/g, ' ').replace(/^[\d. ]+/, '').slice(0, 120);
  const reload = () => {
    isLeaving = true;
    silence();
    const place = { path: location.pathname, y: scrollY };
    for (const element of document.querySelectorAll(PLACED)) {
      const box = element.getBoundingClientRect();
      if (!box.height || element.closest('.rapporteur-live')) continue;
      if (box.top > 1 && place.id) break;
      Object.assign(place, { id: element.id, tag: element.tagName, offset: box.top, words: words(element) });
      if (box.top > 1) break;
    }
    try { sessionStorage.setItem(PLACE, JSON.stringify(place)); } catch { /* a private window */ }
    if ('scrollRestoration' in history) history.scrollRestoration = 'manual';
    location.reload();
  };
  const read = (key) => { try { return sessionStorage.getItem(key); } catch { return null; } };
  // The element itself; where its number went to another text, the one that has its words.
  const anchor = (place) => {
    const named = place.id && document.getElementById(place.id);
    if (named && words(named) === place.words) return named;
    const same = [...document.querySelectorAll(PLACED)]
      .find((element) => element.tagName === place.tag && words(element) === place.words);
    return same || named;
  };
  const restore = () => {
    const place = JSON.parse(read(PLACE) || 'null');
    if (!place) return;
    if (place.path !== location.pathname) { sessionStorage.removeItem(PLACE); return; }
    const go = () => {
      const element = anchor(place);
      const top = element ? scrollY + element.getBoundingClientRect().top - place.offset : place.y;
      scrollTo({ top, behavior: 'instant' });
    };
    go();
    // Images and fonts move the text once more; after that the reader is free.
    const end = () => {
      go();
      sessionStorage.removeItem(PLACE);
      if ('scrollRestoration' in history) history.scrollRestoration = 'auto';
    };
    const settled = () => requestAnimationFrame(() => (document.fonts ? document.fonts.ready.then(end) : end()));
    if (document.readyState === 'complete') settled(); else addEventListener('load', settled, { once: true });
  };

  // The overlay: a status region that stands empty until there is something to say.
  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = 'rapporteur-live-' + name;
    if (text) element.textContent = text;
    return element;
  };
  const overlay = make('div');
  overlay.className = 'rapporteur-live';
  overlay.lang = 'en';
  overlay.dir = 'ltr';
  const status = make('div', 'status');
  status.setAttribute('role', 'status');
  const panel = make('div', 'panel');
  const lost = make('p', 'lost');
  status.append(panel, lost);
  overlay.append(status);
  const say = (text) => { if (lost.textContent !== text) lost.textContent = text; };

  let shown = 'null';
  const show = (problems) => {
    const key = JSON.stringify(problems);
    if (key === shown) return;
    shown = key;
    panel.replaceChildren();
    if (!problems || !(problems.items.length || problems.standing)) {
      try { sessionStorage.removeItem(DISMISSED); } catch { /* a private window */ }
      return;
    }
    if (read(DISMISSED) === key) return;
    // Errors are laid open; what can wait is a line until it is asked for.
    const details = make('details');
    details.open = problems.errors > 0 || Boolean(problems.standing);
    details.append(make('summary', '', problems.summary || 'The site could not be built'));
    if (problems.standing) details.append(make('p', 'standing', problems.standing));
    const list = make('ul');
    for (const item of problems.items) list.append(problem(item));
    if (problems.more) list.append(make('li', '', `and ${problems.more} more, listed in the terminal`));
    if (problems.items.length) details.append(list);
    const button = make('button', 'dismiss', 'Dismiss');
    button.type = 'button';
    button.addEventListener('click', () => {
      try { sessionStorage.setItem(DISMISSED, key); } catch { /* a private window */ }
      panel.replaceChildren();
    });
    panel.append(details, button);
  };
  const problem = (item) => {
    const line = make('li', item.severity);
    line.append(make('code', 'place', `${item.file}:${item.line}:${item.column}`), ' ');
    line.append(make('strong', '', `${item.severity}[${item.code}]`), ' ', make('span', '', item.message));
    if (item.help) line.append(make('span', 'help', item.help));
    return line;
  };

  document.body.append(overlay);
  document.addEventListener('keydown', (event) => {
    const button = panel.querySelector('button');
    if (event.key === 'Escape' && button && panel.contains(document.activeElement)) button.click();
  });
  restore();
  listen();
})();
