/** The proxy's address and key as an operator writes them, checked before anything is started. */

export type ProxyBase =
  | { readonly ok: true; readonly base: string }
  | { readonly ok: false; readonly mistake: string };

const FORM =
  'expected is the proxy\'s address like "http://localhost:4000", with or without "/gemini"';

/**
 * `http://p:4000`, the same with `/`, `/gemini` or `/gemini/v1beta/`, below a root path, and with
 * blanks around: always the root without a slash at its end, e.g. `http://p:4000`.
 */
export function proxyBase(text: string): ProxyBase {
  const trimmed = text.trim();
  const url = /^https?:\/\//i.test(trimmed) ? parsed(trimmed) : null;
  if (url === null)
    return refused(trimmed === '' ? 'is empty' : 'is no http:// or https:// address');
  if (url.username !== '' || url.password !== '') return refused('holds a user or password');
  if (url.hostname.endsWith('.googleapis.com')) {
    return refused("is Google's own address, and the bot goes by way of a LiteLLM proxy");
  }
  if (url.search !== '' || url.hash !== '') return refused('holds a "?" or "#"');
  const path = url.pathname.replace(/\/+$/, '').replace(/\/gemini(\/v1beta)?$/, '');
  // LiteLLM's own routes live there; its Gemini routes never do.
  if (/\/v1(beta)?(\/|$)/.test(path)) return refused('leads to another route of the proxy');
  return { ok: true, base: `${url.origin}${path.replace(/\/+$/, '')}` };
}

/** Null when the key can be sent in a header; else what is wrong, without showing it. */
export function keyMistake(key: string): string | null {
  if (key === '') return 'is empty';
  return /^[\x21-\x7e]+$/.test(key)
    ? null
    : 'holds characters that no key has (blank or not ASCII)';
}

function refused(what: string): ProxyBase {
  return { ok: false, mistake: `${what}; ${FORM}` };
}

function parsed(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
