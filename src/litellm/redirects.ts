/**
 * Redirects of a download. Current proxies follow Google's redirect themselves; those before 2025-09
 * handed it to the client. The key never goes along.
 */

/** Said to the operator; not for members. */
export const TOO_OLD =
  'proxy too old for downloads: it needs a LiteLLM release from 2025-09 or later';

export const MOST_REDIRECTS = 4;

const hosts = ['googleapis.com', 'googleusercontent.com'];

export function googleHost(to: URL): boolean {
  return (
    to.protocol === 'https:' &&
    to.port === '' &&
    hosts.some((host) => to.hostname === host || to.hostname.endsWith(`.${host}`))
  );
}

/** Where an answer sends us: null when it is no redirect, `nowhere` when it names no usable address. */
export function nextHop(status: number, location: string | null, at: URL): URL | 'nowhere' | null {
  if (status < 300 || status > 399 || status === 304) return null;
  if (location === null || !URL.canParse(location, at)) return 'nowhere';
  const to = new URL(location, at);
  if (to.protocol !== 'https:' && to.protocol !== 'http:') return 'nowhere';
  return to.username === '' && to.password === '' ? to : 'nowhere';
}
