import { protocolOf } from './catalogue.ts';
import { retiredModel, unknownOmniModel, unknownVeoModel } from './said.ts';
import { type Answer, type Call, json, Refused } from './wire.ts';

/** There beside the video models, so that a client has to choose. */
const TEXT_MODEL = 'gemini-2.5-flash';
const DEFAULT_PAGE_SIZE = 50;

/** Which models there are today, and what became of the others. */
export class Models {
  #offered: string[];
  /** To the successor that answers in its place, or to nobody. */
  readonly #retired = new Map<string, string | undefined>();

  constructor(offered: readonly string[]) {
    this.#offered = [...offered];
  }

  offer(models: readonly string[]): void {
    this.#offered = [...models];
    for (const model of models) this.#retired.delete(model);
  }

  retire(model: string, routedTo?: string): void {
    this.#offered = this.#offered.filter((one) => one !== model);
    this.#retired.set(model, routedTo);
  }

  /** The model that answers for `asked`. Throws Refused where there is none. */
  answering(asked: string, protocol: 'omni' | 'veo'): string {
    const successor = this.#retired.get(asked);
    if (successor !== undefined) return successor;
    if (this.#offered.includes(asked) && protocolOf(asked) === protocol) return asked;
    if (protocol === 'omni') throw new Refused(unknownOmniModel(asked, this.#alike(protocol)));
    throw new Refused(this.#retired.has(asked) ? retiredModel(asked) : unknownVeoModel(asked));
  }

  list(call: Call): Answer {
    const ids = [...this.#offered, TEXT_MODEL];
    const pageSize = Number(call.query.get('pageSize') ?? DEFAULT_PAGE_SIZE);
    const from = Number(call.query.get('pageToken') ?? 0);
    const models = ids.slice(from, from + pageSize).map(describe);
    const next = from + pageSize;
    return json(200, { models, ...(next < ids.length && { nextPageToken: String(next) }) });
  }

  #alike(protocol: 'omni' | 'veo'): string[] {
    return this.#offered.filter((model) => protocolOf(model) === protocol);
  }
}

/** The list advertises generateContent for Omni, though a call of it is refused: reported live, 2026-07. */
function describe(id: string) {
  return {
    name: `models/${id}`,
    version: '001',
    displayName: id,
    supportedGenerationMethods: id.startsWith('veo-')
      ? ['predictLongRunning']
      : ['generateContent', 'countTokens'],
  };
}
