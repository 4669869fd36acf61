/**
 * Sorts every answer that is no success, once: what it proves.
 *
 * For the submit the question is whether anything was paid for; for looks and downloads whether the
 * operation still stands. The tables were seen on a real proxy; see answers.ts.
 */
import { NotReached, type RefusalCode, Refused } from '../jobs/ports/service.ts';
import type { Answer } from './answered.ts';
import { MOST_ERROR_BYTES, type Told, told } from './answers.ts';

export type About = 'omni' | 'veo' | 'file';

/** Reads an answer that is no success and says who answered what. */
export async function readRefusal(answer: Answer): Promise<Told> {
  return told(answer, await answer.text(MOST_ERROR_BYTES));
}

/** What an answer to the paid call proves. Everything not proven is NotReached, as if it had left. */
export function sortSubmit(answer: Told): Refused | NotReached {
  const { status, from } = answer;
  if (status >= 500 || status < 300 || maybeDone.has(status)) {
    // The proxy says so when it could not open a connection to Google at all.
    const left = !(from === 'litellm' && /^Cannot connect to host /.test(answer.message));
    return new NotReached(`HTTP ${status}`, left);
  }
  const code = anywhere(answer) ?? submitCode(answer);
  return code === null ? new NotReached(`HTTP ${status}`, true) : refused(code, answer);
}

/** What an answer to a look, a cancel or a download proves about what was paid for. */
export function sortLater(answer: Told, about: About): Refused | NotReached {
  const { status } = answer;
  if (status >= 500 || status < 300 || maybeDone.has(status)) {
    return new NotReached(`HTTP ${status}`, true);
  }
  return refused(anywhere(answer) ?? laterCode(answer, about), answer);
}

// A timeout somewhere between, a client that "went away", and the redirect that follows a done POST.
const maybeDone = new Set([303, 408, 499]);

// Answers of something between that did not pass the request on, whatever their body looks like.
const notPassedOn = new Set([
  400, 401, 402, 403, 404, 405, 407, 410, 411, 413, 414, 415, 421, 426, 429, 431, 451,
]);

// The types of LiteLLM that mean our key; a proxy without a database has a 400 for a wrong one.
const keyTypes = new Set([
  'no_db_connection',
  'token_not_found_in_db',
  'auth_error',
  'expired_key',
]);

const overBudget =
  /exceeded ?budget|budget (?:has been|was|is) exceeded|crossed budget|over (?:its |the )?(?:\w+ )?budget|exceededtokenbudget|budget_exceeded|max(?:imum)?[ _]budget (?:limit )?(?:reached|exceeded)/i;

const googleKey =
  /api[ _]key (not valid|expired|not found|is invalid)|pass a valid api key|api_key_invalid/i;

const modelGone =
  /is no longer available|not found for api version|publisher model .*not found|^model\b.*not found|models?\/[\w.-]+ (was |is )?not found|has been (shut down|retired|discontinued)/i;

const invalidName = /invalid interaction name/i;

/** What means the same at every step. */
function anywhere(answer: Told): RefusalCode | null {
  const { from, status, type, message } = answer;
  const google = from === 'google' || from === 'interactions';
  if (status < 400) return 'setup';
  if (!google && (type === 'budget_exceeded' || overBudget.test(message))) return 'service budget';
  if (from === 'route') return 'setup';
  if (
    from === 'litellm' &&
    type !== null &&
    (keyTypes.has(type) || type.endsWith('_access_denied'))
  ) {
    return 'key';
  }
  if (status === 401) return from === 'html' ? 'setup' : 'key';
  if (status === 403 && from === 'litellm') return 'key';
  if (status === 429) return 'rate limit';
  if (google && (googleKey.test(message) || answer.reasons.some((r) => r.startsWith('API_KEY_')))) {
    return 'key';
  }
  return null;
}

function submitCode(answer: Told): RefusalCode | null {
  const { from, status, message } = answer;
  if (from === 'unknown' || from === 'html') return notPassedOn.has(status) ? 'setup' : null;
  if (from === 'litellm') return status === 404 ? 'setup' : 'bad request';
  if (modelGone.test(message) || (status === 404 && /\bmodel\b/i.test(message)))
    return 'model gone';
  // The clip that was to be changed: past its time, or made with another project's key.
  if (invalidName.test(message)) return 'gone';
  if (status === 403 || /multiple authentication credentials/i.test(message)) return 'key';
  // Billing that is off, or a country that is not served.
  if (answer.type === 'FAILED_PRECONDITION') return 'setup';
  return 'bad request';
}

function laterCode(answer: Told, about: About): RefusalCode {
  const { from, status, message } = answer;
  if (from === 'html') return 'setup';
  if (from !== 'google' && from !== 'interactions') return 'unclear';
  const missing = status === 404 || status === 410;
  // A retired model does not prove that its operation is gone.
  if (missing) return modelGone.test(message) ? 'unclear' : 'gone';
  if (about === 'omni' && status === 400 && invalidName.test(message)) return 'gone';
  if (status === 403) {
    // Without these words a 403 is about the key.
    return about !== 'omni' && /may not exist/i.test(message) ? 'gone' : 'key';
  }
  return 'unclear';
}

function refused(code: RefusalCode, answer: Told): Refused {
  return new Refused(code, answer.status, {
    retryAfterMs: answer.retryAfterMs,
    said: answer.message === '' ? null : withoutSecrets(answer.message),
  });
}

const MOST_SAID_CHARS = 2_000;

/** Errors of the proxy can quote the address with Google's key in it, or a part of ours. */
export function withoutSecrets(message: string): string {
  return [...message]
    .slice(0, MOST_SAID_CHARS)
    .join('')
    .replace(/([?&]key=)[^&\s"']+/gi, '$1…')
    .replace(/\b(AIza|AQ\.)[\w.-]{10,}/g, '$1…')
    .replace(/\bsk-[\w.-]+/g, 'sk-…')
    .replace(/\b[0-9a-f]{40,}\b/gi, '…');
}
