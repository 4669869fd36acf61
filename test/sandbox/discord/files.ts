import type { ServerResponse } from 'node:http';
import type { World } from './world.ts';

/** The host of attachments: bytes by link, in ranges, until the link runs out. */
export function serveFile(
  world: World,
  url: URL,
  range: string | undefined,
  answer: ServerResponse,
): void {
  if (world.fileHost === 'away') {
    answer.writeHead(503, { 'content-type': 'text/html' }).end('<h1>503</h1>');
    return;
  }
  if (world.fileHost === 'moved') {
    answer.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
    return;
  }
  const id = world.fileHost === 'gone' ? '' : (url.pathname.split('/')[4] ?? '');
  const attachment = world.attachments.get(id);
  if (!attachment || !world.links.works(url)) {
    answer
      .writeHead(404, { 'content-type': 'text/plain' })
      .end('This content is no longer available.');
    return;
  }
  const { bytes, sizeBytes } = attachment;
  const headers = {
    'content-type': attachment.contentType ?? 'application/octet-stream',
    'accept-ranges': 'bytes',
    'access-control-allow-origin': '*',
  };
  const asked = range?.match(/^bytes=(\d*)-(\d*)$/);
  if (!asked) {
    answer.writeHead(200, { ...headers, 'content-length': sizeBytes }).end(bytes);
    return;
  }
  const [, from, to] = asked;
  const first = from ? Number(from) : Math.max(0, sizeBytes - Number(to));
  const last = from && to ? Math.min(Number(to), sizeBytes - 1) : sizeBytes - 1;
  if (first > last) {
    answer.writeHead(416, { ...headers, 'content-range': `bytes */${sizeBytes}` }).end();
    return;
  }
  answer
    .writeHead(206, {
      ...headers,
      'content-length': last - first + 1,
      'content-range': `bytes ${first}-${last}/${sizeBytes}`,
    })
    .end(bytes.subarray(first, last + 1));
}
