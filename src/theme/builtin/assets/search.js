/* Search on /search/: the engine is fetched when a reader first asks. */
const one = (s) => document.querySelector(s), page = one('.search'), words = page.dataset;
const q = one('#q'), list = one('#results'), status = one('#status'), more = one('#more'), kinds = one('#kinds'), right = one('#right');
const STEP = 10, plural = new Intl.PluralRules(document.documentElement.lang || 'en');
let engine, found = [], shown = 0, turn = 0;

const make = (tag, cls, text) => {
  const e = document.createElement(tag);
  if (cls) e.className = cls;
  if (text) e.textContent = text;
  return e;
};
const load = () => engine ??= (async () => {
  const pagefind = await import('../pagefind/pagefind.js');
  // A section is not worse for being longer than the entry of a source; where a result stands is no match.
  await pagefind.options({ noWorker: true, excerptLength: 28, ranking: { pageLength: 0.1, metaWeights: { title: 2, place: 0 } } });
  await pagefind.filters();
  return pagefind;
})();
const said = (n) => n ? (words[plural.select(n)] || words.other).replace('{n}', n) : words.none;

/* The excerpt is text with <mark>; nothing else in it is let through. */
function excerpt(html) {
  const p = make('p');
  html.split(/<mark>(.*?)<\/mark>/).forEach((part, at) => {
    const text = part.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    p.append(at % 2 ? make('mark', '', text) : text);
  });
  if (!/[.!?…»”’)]$/.test(p.textContent.trim())) p.append(' …');
  return p;
}
function item(result) {
  const title = result.meta.title ?? result.content, li = make('li'), a = make('a', '', title);
  a.href = document.body.dataset.root + (result.raw_url ?? result.url).replace(/^\/+/, '');
  li.append(a);
  if (result.content.trim() !== title.trim()) li.append(excerpt(result.excerpt));
  li.append(make('p', 'facts', result.meta.place));
  return li;
}
async function show(now) {
  const next = await Promise.all(found.slice(shown, shown + STEP).map((r) => r.data()));
  if (now !== turn) return;
  list.append(...next.map(item));
  shown += next.length;
  more.hidden = shown >= found.length;
}
function facets(search, kind, wanted) {
  const counts = search.totalFilters?.kind ?? {}, box = kinds.lastElementChild;
  const entry = (id, text) => {
    const label = make('label'), input = make('input');
    Object.assign(input, { type: 'radio', name: 'kind', value: id, checked: id === kind });
    label.append(input, ' ' + text);
    return label;
  };
  const there = ['section', 'claim', 'article', 'source'].filter((id) => counts[id] || id === kind);
  box.replaceChildren(entry('', words.all), ...there.map((id) => entry(id, `${words[id]} (${counts[id] ?? 0})`)));
  kinds.hidden = there.length < 2 && !kind;
  const rights = Object.entries(search.filters?.right ?? {}).filter(([name, n]) => n || name === wanted).sort();
  right.replaceChildren(new Option(words.all, ''), ...rights.map(([name, n]) => new Option(`${name} (${n})`, name, false, name === wanted)));
  one('#rights').hidden = !rights.length;
}
async function search() {
  const now = ++turn, text = q.value.trim(), kind = one('#kinds input:checked')?.value ?? '', wanted = right.value;
  const at = new URL(location);
  text ? at.searchParams.set('q', text) : at.searchParams.delete('q');
  history.replaceState(null, '', at);
  if (!text) {
    list.replaceChildren();
    status.textContent = '';
    return [kinds, one('#rights'), more].forEach((e) => { e.hidden = true; });
  }
  try {
    const filters = {};
    if (kind) filters.kind = kind;
    if (wanted) filters.right = wanted;
    const answer = await (await load()).search(text, { filters });
    if (now !== turn) return;
    found = answer.results;
    shown = 0;
    list.replaceChildren();
    status.textContent = said(found.length);
    const keeps = document.activeElement?.name === 'kind';
    facets(answer, kind, wanted);
    if (keeps) one('#kinds input:checked').focus({ preventScroll: true });
    await show(now);
  } catch {
    if (now === turn) status.textContent = words.failed;
  }
}
let timer;
q.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(search, 200); });
q.form.addEventListener('submit', (e) => { e.preventDefault(); search(); });
kinds.addEventListener('change', search);
right.addEventListener('change', search);
more.addEventListener('click', () => show(turn));
q.value = new URLSearchParams(location.search).get('q') ?? '';
q.value ? search() : q.focus({ preventScroll: true });
