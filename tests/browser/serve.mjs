// A web server as a careful host runs it: security headers, compression, a page for what is not there.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';

export const TYPES = {
  html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml', woff2: 'font/woff2', json: 'application/json', csv: 'text/csv; charset=utf-8',
  xml: 'application/xml', txt: 'text/plain; charset=utf-8', png: 'image/png', jpg: 'image/jpeg',
};

/** The policy of the page itself, sent as a header as well, with what only a header can say. */
export function policy(html) {
  const found = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html);
  return found && `${found[1]}; frame-ancestors 'none'`;
}

/** The file that an address of the site stands for; none outside the folder. */
export function fileAt(folder, pathname) {
  const file = path.join(folder, decodeURIComponent(pathname), pathname.endsWith('/') ? 'index.html' : '');
  return file.startsWith(folder + path.sep) && fs.statSync(file, { throwIfNoEntry: false })?.isFile() ? file : null;
}

export const typeOf = (file) => TYPES[path.extname(file).slice(1)] ?? 'application/octet-stream';

function answer(folder, request, response) {
  const found = fileAt(folder, new URL(request.url, 'http://host').pathname);
  const file = found ?? path.join(folder, '404.html');
  let body = fs.readFileSync(file);
  const headers = { 'content-type': typeOf(file), 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-cache' };
  const own = file.endsWith('.html') && policy(body.toString());
  if (own) headers['content-security-policy'] = own;
  if (/text|json|svg|xml/.test(headers['content-type']) && /\bbr\b/.test(request.headers['accept-encoding'] ?? '')) {
    headers['content-encoding'] = 'br';
    body = zlib.brotliCompressSync(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } });
  }
  response.writeHead(found ? 200 : 404, { ...headers, 'content-length': body.length });
  response.end(body);
}

/** Serves `folder` on a free port; gives the address and a way to stop. */
export async function serve(folder) {
  const server = http.createServer((request, response) => answer(folder, request, response));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
