import type { Command } from './commands.ts';
import type { Choice, Interaction } from './interaction.ts';
import type { Message } from './message.ts';
import type { Channel, Server } from './places.ts';
import type { World } from './world.ts';

export interface MemberPlan {
  name: string;
  locale?: string;
  /** Administrator wherever they are. */
  admin?: boolean;
  /** Servers joined from the start. */
  in?: Server | readonly Server[];
}
/** A file a member attaches. */
export interface Upload {
  filename: string;
  contentType: string | undefined;
  bytes: Uint8Array;
}
export function file(bytes: Uint8Array, filename: string, contentType?: string): Upload {
  return { bytes, filename, contentType };
}
export type OptionValue = string | number | boolean | Upload | Member | Channel;
export interface Where {
  in: Channel;
  /** The member has installed the bot for themselves; it need not be in the server. */
  userInstall?: boolean;
  /** The server shows them every command, whatever right it asks for. */
  shownAll?: boolean;
}

/** A person with a Discord client, which refuses what Discord's client refuses. */
export class Member {
  readonly id: string;
  readonly name: string;
  locale: string;
  admin: boolean;
  /** The direct messages with the bot. */
  readonly dm: Channel;
  readonly #world: World;

  constructor(world: World, plan: MemberPlan) {
    this.#world = world;
    this.id = world.nextId();
    this.name = plan.name;
    this.locale = plan.locale ?? 'en-US';
    this.admin = plan.admin ?? false;
    this.dm = world.createDm(this);
  }

  /** The commands shown to the member in a place. */
  offered(where: Where): Command[] {
    return this.#world.offers(this, where);
  }

  /** Sends a command, e.g. `'/veo'` or `'/veo-admin status'`. */
  async types(
    command: string,
    options: Record<string, OptionValue>,
    where: Where,
  ): Promise<Interaction> {
    return this.#world.typed(this, command, options, where);
  }

  /** Types into an option that completes; the others as far as filled in. */
  async completes(
    command: string,
    options: Record<string, OptionValue>,
    focused: string,
    where: Where,
  ): Promise<Choice[]> {
    return this.#world.completed(this, command, options, focused, where).choices();
  }

  /** Runs a message command from the menu of a message. */
  async chooses(command: string, message: Message, how: { userInstall?: boolean } = {}) {
    return this.#world.chosen(this, command, message, { in: message.channel, ...how });
  }

  /** Presses the button with that custom id, or whose label begins so. */
  async presses(message: Message, button: string): Promise<Interaction> {
    return this.#world.pressed(this, message, button);
  }

  /** Picks values in a select menu, named by its custom id or placeholder. */
  async selects(message: Message, menu: string, values: readonly string[]): Promise<Interaction> {
    return this.#world.selected(this, message, menu, values);
  }

  /** Sends the form that the interaction opened; what is not given stays as prefilled. */
  async submits(
    opened: Interaction,
    values: Record<string, string | boolean | readonly string[] | readonly Upload[]>,
  ): Promise<Interaction> {
    return this.#world.submitted(this, opened, values);
  }

  says(text: string, where: { in: Channel; files?: readonly Upload[] }): Message {
    return this.#world.memberSays(this, where.in, text, where.files ?? []);
  }

  /** Deletes a message: one's own, the bot's in the DM, the reply to one's own command. */
  deletes(message: Message): void {
    this.#world.remove(message);
  }

  get mention(): string {
    return `<@${this.id}>`;
  }
}
