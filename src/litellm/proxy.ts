/**
 * What the proxy really offers, by free calls only. Never `/health`: that one makes paid calls.
 * Nothing here ends the bot: whatever goes wrong becomes one sentence with what to do.
 */
import { NotReached, Refused } from '../jobs/ports/service.ts';
import type { Answer } from './answered.ts';
import type { Told } from './answers.ts';
import { readRefusal, sortSubmit, withoutSecrets } from './errors.ts';
import { Http, type HttpOptions } from './http.ts';
import { list, object, text } from './loose.ts';
import { readJson } from './reading.ts';

export interface ProxyReport {
  /** Something answered at the address. */
  readonly reachable: boolean;
  /** Null: not known. */
  readonly keyAccepted: boolean | null;
  readonly googleKeyWorks: boolean | null;
  /** LiteLLM's own, e.g. `1.102.4`, where it tells. */
  readonly version: string | null;
  /** Ids of the models there are behind it; null when they could not be read. */
  readonly offered: readonly string[] | null;
  /** For the operator: what is wrong and what to do; null when all is well. */
  readonly problem: string | null;
}

type Finding = Omit<ProxyReport, 'version'>;

const MOST_PAGES = 20;

/** Never throws but for a mistake of ours. Free. */
export async function askProxy(options: HttpOptions, signal: AbortSignal): Promise<ProxyReport> {
  const http = new Http(options);
  try {
    const [finding, version] = await Promise.all([
      askModels(http, options.base, signal),
      askVersion(http, signal),
    ]);
    return { ...finding, version };
  } finally {
    await http.close();
  }
}

async function askModels(http: Http, base: string, signal: AbortSignal): Promise<Finding> {
  const ids = new Set<string>();
  let next = '';
  try {
    for (let page = 0; page < MOST_PAGES; page++) {
      const token = next === '' ? '' : `&pageToken=${encodeURIComponent(next)}`;
      const answer = await http.look(`models?pageSize=1000${token}`, { signal });
      if (answer.status !== 200) return fromRefusal(base, await readRefusal(answer));
      const json = object(await readJson(answer));
      if (json?.models === undefined) return elsewhere(base, 'no list of models');
      for (const model of list(json.models)) {
        const name = text(object(model)?.name);
        if (name !== null) ids.add(name.replace(/^models\//, ''));
      }
      next = text(json.nextPageToken) ?? '';
      if (next === '') break;
    }
  } catch (error) {
    return fromException(base, error);
  }
  return {
    reachable: true,
    keyAccepted: true,
    googleKeyWorks: true,
    offered: [...ids],
    problem: null,
  };
}

const nothing = { reachable: true, keyAccepted: null, googleKeyWorks: null, offered: null };

function elsewhere(base: string, what: string): Finding {
  const problem = `${base} does not answer like a LiteLLM proxy with Google's models (${what}). Check LITELLM_BASE_URL: expected is the proxy's address like "http://localhost:4000".`;
  return { ...nothing, problem };
}

function fromException(base: string, error: unknown): Finding {
  if (error instanceof Refused) return elsewhere(base, 'a web page');
  if (!(error instanceof NotReached)) throw error;
  if (/^answer /.test(error.how)) return elsewhere(base, error.how);
  const problem = `The LiteLLM proxy at ${base} cannot be reached (${error.how}). Check that it runs and that LITELLM_BASE_URL is right; the bot goes on trying.`;
  return { ...nothing, reachable: false, problem };
}

function fromRefusal(base: string, answer: Told): Finding {
  const said = withoutSecrets(answer.message).slice(0, 200);
  const seen = `HTTP ${answer.status}${said === '' ? '' : `, "${said}"`}`;
  const fromGoogle = answer.from === 'google' || answer.from === 'interactions';
  if (answer.status >= 500) return { ...nothing, ...fromServerError(answer, seen, fromGoogle) };
  const sorted = sortSubmit(answer);
  const code = sorted instanceof Refused ? sorted.code : 'unclear';
  // Only Google can have refused Google's key, and only after the proxy had taken ours.
  if (fromGoogle && (code === 'key' || code === 'bad request' || code === 'setup')) {
    const problem = `The Google key behind the proxy does not work (${seen}). Check GEMINI_API_KEY of the proxy; if it begins with "AQ.", try one that begins with "AIza".`;
    return { ...nothing, keyAccepted: true, googleKeyWorks: false, problem };
  }
  if (code === 'key') {
    const problem = `The proxy at ${base} refuses our key (${seen}). Check LITELLM_API_KEY.`;
    return { ...nothing, keyAccepted: false, problem };
  }
  if (code === 'service budget') {
    const problem =
      "The proxy's key is over its budget there. Raise the budget in the proxy; waiting videos come back then.";
    return { ...nothing, keyAccepted: true, problem };
  }
  if (code === 'rate limit') {
    const problem = `The proxy or Google is limiting our rate (${seen}). Raise rpm_limit of our key if it has one, or lower POLLS_PER_SECOND.`;
    return { ...nothing, keyAccepted: true, problem };
  }
  return elsewhere(base, seen);
}

function fromServerError(
  answer: Told,
  seen: string,
  fromGoogle: boolean,
): Partial<Finding> & { problem: string } {
  if (/^Cannot connect to host /.test(answer.message)) {
    return {
      keyAccepted: true,
      problem: 'The proxy cannot reach Google. Check the network of the proxy.',
    };
  }
  if (answer.type === 'internal_server_error') {
    return {
      problem: `The proxy fails inside (${seen}). Most likely it has no Google key: set GEMINI_API_KEY for the proxy and start it anew.`,
    };
  }
  if (fromGoogle)
    return {
      keyAccepted: true,
      problem: `Google answers with an error (${seen}). Wait; the bot goes on trying.`,
    };
  return {
    problem: `The proxy or something before it answers with an error (${seen}). The bot goes on trying.`,
  };
}

/** Needs no key. Some versions tell theirs there, some in a header, some nowhere. */
async function askVersion(http: Http, signal: AbortSignal): Promise<string | null> {
  let answer: Answer;
  try {
    answer = await http.own('health/readiness', { signal });
    const inHeader = answer.header('x-litellm-version');
    if (answer.status !== 200) {
      answer.drop();
      return inHeader;
    }
    return text(object(await readJson(answer))?.litellm_version) ?? inHeader;
  } catch (error) {
    if (error instanceof NotReached || error instanceof Refused) return null;
    throw error;
  }
}
