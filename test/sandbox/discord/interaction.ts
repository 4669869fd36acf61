import type { Component } from './components.ts';
import type { Message } from './message.ts';
import type { Member } from './people.ts';
import type { Channel } from './places.ts';
import { Watch } from './watch.ts';

/** Interaction types of the wire. */
export const KIND = { command: 2, component: 3, autocomplete: 4, form: 5 } as const;
export type Kind = (typeof KIND)[keyof typeof KIND];

export interface Acknowledgement {
  /** Callback type: 4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 form. */
  type: number;
  at: number;
  /** From the moment the member did it. */
  ms: number;
}
export interface Form {
  customId: string;
  title: string;
  components: Component[];
}
export interface Choice {
  name: string;
  value: string | number;
}
export interface InteractionPlan {
  id: string;
  token: string;
  kind: Kind;
  by: Member;
  in: Channel;
  /** As the client writes it over the reply: `veo-admin status`. Undefined where none was used. */
  command: string | undefined;
  /** The message a pressed component is on, or the form came from. */
  on: Message | undefined;
  createdAt: number;
  acknowledgeWithinMs: number;
  tokenLifetimeMs: number;
  userInstallOnly: boolean;
  forcedEphemeral: boolean;
  owners: Record<string, string>;
  now: () => number;
}

const NO_RESPONSE = 'The application did not respond';

/** One thing a member did that the bot must answer: a command, a press, a form sent. */
export class Interaction {
  readonly id: string;
  readonly token: string;
  readonly kind: Kind;
  readonly by: Member;
  readonly in: Channel;
  readonly command: string | undefined;
  readonly on: Message | undefined;
  readonly createdAt: number;
  readonly userInstallOnly: boolean;
  readonly forcedEphemeral: boolean;
  readonly owners: Record<string, string>;
  /** Rejects with "The application did not respond" when the time is up. */
  readonly acknowledged: Promise<Acknowledgement>;
  acknowledgement: Acknowledgement | undefined;
  /** What `@original` means: the reply, or the message that was pressed. */
  original: Message | undefined;
  readonly followUps: Message[] = [];
  sentForm: Form | undefined;
  sentChoices: Choice[] | undefined;
  /** Wall clock in ms; later the token is refused. */
  expiresAt: number;
  readonly #now: () => number;
  #timeIsUp = false;
  readonly #watch = new Watch();
  readonly #seen = new WeakSet<Message>();
  readonly #acknowledge: (acknowledgement: Acknowledgement) => void;

  constructor(plan: InteractionPlan) {
    this.id = plan.id;
    this.token = plan.token;
    this.kind = plan.kind;
    this.by = plan.by;
    this.in = plan.in;
    this.command = plan.command;
    this.on = plan.on;
    this.createdAt = plan.createdAt;
    this.userInstallOnly = plan.userInstallOnly;
    this.forcedEphemeral = plan.forcedEphemeral;
    this.owners = plan.owners;
    this.expiresAt = plan.createdAt + plan.tokenLifetimeMs;
    this.#now = plan.now;
    const { promise, resolve, reject } = Promise.withResolvers<Acknowledgement>();
    this.acknowledged = promise;
    promise.catch(() => {}); // a test may not care
    const timer = setTimeout(() => {
      this.#timeIsUp = true;
      reject(new Error(NO_RESPONSE));
      this.#watch.notify();
    }, plan.acknowledgeWithinMs);
    this.#acknowledge = (acknowledgement) => {
      clearTimeout(timer);
      resolve(acknowledgement);
    };
    this.stop = () => clearTimeout(timer);
  }

  /** Ends the wait for an acknowledgement. */
  readonly stop: () => void;

  get tooLate(): boolean {
    return !this.acknowledgement && this.#timeIsUp;
  }

  get expired(): boolean {
    return this.#now() >= this.expiresAt;
  }

  /** Lets the token run out at once. */
  expire(): void {
    this.expiresAt = this.#now();
  }

  /** The reply once it exists, live; after a press that updates, the message pressed. */
  reply(withinMs = 10_000): Promise<Message> {
    const look = () => {
      if (this.tooLate) throw new Error(NO_RESPONSE);
      if (this.sentForm) throw new Error(`The answer is a form: "${this.sentForm.title}"`);
      return this.original;
    };
    return this.#watch.until(look, withinMs, () => 'There is no reply');
  }

  /** The next follow-up that was not handed out before. */
  nextFollowUp(where: (message: Message) => boolean = () => true, withinMs = 10_000) {
    const look = () => {
      const found = this.followUps.find((m) => !this.#seen.has(m) && where(m));
      if (found) this.#seen.add(found);
      return found;
    };
    return this.#watch.until(look, withinMs, () => 'There is no such follow-up');
  }

  /** The form that opens. */
  form(withinMs = 10_000): Promise<Form> {
    const look = () => {
      if (this.tooLate) throw new Error(NO_RESPONSE);
      if (this.acknowledgement && !this.sentForm) throw new Error('The answer is not a form');
      return this.sentForm;
    };
    return this.#watch.until(look, withinMs, () => 'No form opens');
  }

  /** The choices offered while typing. */
  choices(withinMs = 10_000): Promise<Choice[]> {
    const look = () => {
      if (this.tooLate) throw new Error(NO_RESPONSE);
      return this.sentChoices;
    };
    return this.#watch.until(look, withinMs, () => 'No choices are offered');
  }

  acknowledge(type: number): void {
    const at = this.#now();
    this.acknowledgement = { type, at, ms: at - this.createdAt };
    this.#acknowledge(this.acknowledgement);
  }

  /** Called when something about it changed. */
  changed(): void {
    this.#watch.notify();
  }
}
