import type { Chance } from './chance.ts';
import { continued } from './continued.ts';
import type { Files } from './files.ts';
import { type Payment, paymentFor } from './journal.ts';
import type { Models } from './models.ts';
import { accepted, interaction, newInteractionId } from './omni.ts';
import { readOmniOrder } from './omni-request.ts';
import { newFileId, Operation, type Surroundings } from './operation.ts';
import type { Order } from './order.ts';
import type { Route } from './routes.ts';
import {
  googleError,
  interactionsError,
  invalidInteraction,
  noGoogleKey,
  noSuchPage,
  twoCredentials,
  unknownOperation,
  wrongGoogleKey,
} from './said.ts';
import { veoOperation } from './veo.ts';
import { readVeoOrder } from './veo-request.ts';
import { type Answer, type Call, isObject, type Json, json, parsed, Refused } from './wire.ts';

const MAX_BODY_BYTES = 104_857_600;

/** What becomes of an order: a video, the safety filter's refusal, or a failure. */
export type Fate = 'video' | { refuse: string } | { fail: Parameters<Operation['fail']>[0] };

export type Manners = {
  takesMs: (order: Order) => number;
  decides: (order: Order) => Fate;
  oddIds: boolean;
  /** Undefined: any key passes, but there has to be one. */
  googleKey: string | undefined;
};

/** What is known of a call beyond what Google sees. */
export type Origin = {
  /** From the proxy, which keeps them to itself. */
  tags: string[];
  /** Told before the answer goes out, as the answer may be lost. */
  accepted: (operation: Operation) => void;
};

/**
 * Google itself: takes submits, remembers what it has accepted, and shows what became of it.
 * Everything that is refused throws Refused inside and comes out as its answer.
 */
export class GoogleService {
  readonly operations: Operation[] = [];
  readonly paid: Payment[] = [];
  readonly manners: Manners;
  readonly #known = new Map<string, Operation>();
  /** The key that each was made with. */
  readonly #projects = new Map<string, string>();
  readonly #models: Models;
  readonly #files: Files;
  readonly #chance: Chance;
  readonly #around: Surroundings;

  constructor(parts: {
    models: Models;
    files: Files;
    chance: Chance;
    around: Surroundings;
    manners: Manners;
  }) {
    this.#models = parts.models;
    this.#files = parts.files;
    this.#chance = parts.chance;
    this.#around = parts.around;
    this.manners = parts.manners;
  }

  async answer(call: Call, route: Route, origin: Origin): Promise<Answer> {
    try {
      this.#checkKey(call);
      return await this.#do(call, route, origin);
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      throw error;
    }
  }

  find(id: string): Operation | undefined {
    return this.#known.get(id);
  }

  forget(id: string): void {
    this.#known.delete(id);
  }

  async #do(call: Call, route: Route, origin: Origin): Promise<Answer> {
    switch (route.kind) {
      case 'submit':
        return this.#submit(call, route.model, origin);
      case 'poll':
        return this.#show(this.#mustKnow(route));
      case 'cancel':
        return this.#cancel(this.#mustKnow(route));
      case 'delete':
        this.forget(this.#mustKnow(route).id);
        return json(200, {});
      case 'models':
        return this.#models.list(call);
      case 'file':
        return route.file === undefined ? this.#files.list() : this.#files.metadata(route.file);
      case 'download':
        // Without it Google would answer with the file's description.
        if (call.query.get('alt') !== 'media') return this.#files.metadata(route.file ?? '');
        return this.#files.download(route.file ?? '', call);
      case 'other':
        return noSuchPage();
      default:
        return route.kind satisfies never;
    }
  }

  #checkKey(call: Call): void {
    const keys = keysOf(call);
    if (keys.length > 1) throw new Refused(twoCredentials());
    if (keys.length === 0) throw new Refused(noGoogleKey());
    const { googleKey } = this.manners;
    if (googleKey !== undefined && keys[0] !== googleKey) throw new Refused(wrongGoogleKey());
  }

  async #submit(call: Call, veoModel: string | undefined, origin: Origin): Promise<Answer> {
    const protocol = veoModel === undefined ? 'omni' : 'veo';
    const body = readBody(call);
    const asked = veoModel ?? body.model;
    if (typeof asked !== 'string' || asked === '') {
      throw new Refused(interactionsError("'model' is required."));
    }
    const model = this.#models.answering(asked, protocol);
    const read = protocol === 'omni' ? readOmniOrder(body, asked) : readVeoOrder(body, asked);
    const project = keysOf(call)[0] ?? '';
    const earlier = body.previous_interaction_id;
    const order =
      typeof earlier === 'string' ? continued(read, this.#mustContinue(earlier, project)) : read;
    const operation = this.#accept({ ...order, model }, asked, origin.tags);
    this.#projects.set(operation.id, project);
    origin.accepted(operation);
    if (protocol === 'veo') return json(200, { name: operation.id });
    if (order.background) return json(200, accepted(operation));
    await operation.done;
    return this.#show(operation);
  }

  /** Known, stored, and of the project whose key asks. */
  #mustContinue(id: string, project: string): Operation {
    const earlier = this.#known.get(id);
    const isOurs = earlier !== undefined && this.#projects.get(id) === project;
    if (isOurs && earlier.status === 'completed' && earlier.request.store !== false) return earlier;
    throw new Refused(invalidInteraction(id));
  }

  #accept(order: Order, asked: string, tags: string[]): Operation {
    const id =
      order.protocol === 'omni'
        ? newInteractionId(this.#chance, this.manners.oddIds)
        : `models/${asked}/operations/${newFileId(this.#chance)}`;
    const operation = new Operation(id, order, tags, this.#around);
    this.operations.push(operation);
    this.#known.set(id, operation);
    this.paid.push(paymentFor(operation));
    operation.after(this.manners.takesMs(order), () => this.#runOut(operation));
    return operation;
  }

  #runOut(operation: Operation): void {
    const fate = this.manners.decides(operation.order);
    if (fate === 'video') operation.finish();
    else if ('refuse' in fate) operation.refuse(fate.refuse);
    else operation.fail(fate.fail);
  }

  async #show(operation: Operation): Promise<Answer> {
    if (operation.pollAnswer !== undefined) return json(200, operation.pollAnswer);
    if (operation.protocol === 'veo') return json(200, veoOperation(operation));
    return json(200, await interaction(operation, (shape) => this.#files.bytesOf(shape)));
  }

  async #cancel(operation: Operation): Promise<Answer> {
    if (operation.cancel()) return this.#show(operation);
    throw new Refused(
      interactionsError(`Interaction is in a terminal state: ${operation.status}.`),
    );
  }

  #mustKnow(route: Route): Operation {
    const id = route.operation ?? '';
    const operation = this.#known.get(id);
    if (operation) return operation;
    const veo = id.startsWith('models/');
    throw new Refused(veo ? unknownOperation(id.split('/').at(-1) ?? '') : invalidInteraction(id));
  }
}

function keysOf(call: Call): string[] {
  const { headers, query } = call;
  const keys = [query.get('key'), headers['x-goog-api-key'], headers.authorization];
  return keys.flatMap((key) => key ?? []).filter((key) => key !== '');
}

function readBody(call: Call): Json {
  if (call.body.length > MAX_BODY_BYTES) {
    throw new Refused(
      googleError(
        400,
        'INVALID_ARGUMENT',
        `Request payload size exceeds the limit: ${MAX_BODY_BYTES} bytes.`,
      ),
    );
  }
  const body = parsed(call.body);
  if (isObject(body)) return body;
  throw new Refused(
    googleError(
      400,
      'INVALID_ARGUMENT',
      'Invalid JSON payload received. Unexpected end of string.',
    ),
  );
}
