/** What the page is told and what it asks for. Types alone: both sides read them. */
import type { Command, Component, Form } from '../../sandbox/discord/discord.ts';

/** A message in Discord's own JSON, as far as it is drawn. */
export interface WireMessage {
  readonly id: string;
  readonly content: string;
  readonly author: WireUser;
  readonly mentions: readonly WireUser[];
  readonly attachments: readonly WireAttachment[];
  readonly embeds: readonly { readonly title?: string; readonly description?: string }[];
  readonly components: readonly Component[];
  readonly timestamp: string;
  readonly edited_timestamp: string | null;
  readonly flags: number;
  readonly referenced_message?: WireMessage | null;
}
export interface WireUser {
  readonly id: string;
  readonly global_name: string;
  readonly bot?: boolean;
}
export interface WireAttachment {
  readonly id: string;
  readonly filename: string;
  /** In bytes. */
  readonly size: number;
  /** On the page's own origin. */
  readonly url: string;
  readonly content_type?: string;
  /** The alt text. */
  readonly description?: string;
}

export interface ShownMessage {
  readonly message: WireMessage;
  /** Set where somebody used a command. */
  readonly command: string | null;
  /** Who used the command, or pressed what this answers. */
  readonly by: string | null;
  /** Its token ran out before anything was said. */
  readonly failed: boolean;
}
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly locale: string;
}
export interface Place {
  readonly id: string;
  readonly kind: 'channel' | 'dm';
  readonly name: string;
  readonly group: string;
  readonly about: string;
}
export interface PaidCall {
  readonly prompt: string;
  readonly model: string;
  readonly microUsd: number;
}
export interface BotState {
  readonly how: 'running' | 'starting' | 'ended';
  readonly pid: number | null;
  /** What it logged last, newest last. */
  readonly log: readonly string[];
}
export interface Setting {
  readonly key: string;
  readonly name: string;
}
/** Everything one viewer in one place sees. */
export interface State {
  readonly viewer: Person;
  readonly people: readonly Person[];
  readonly place: Place;
  readonly places: readonly Place[];
  /** What their client offers here, slash commands and those of a message's menu. */
  readonly commands: readonly Command[];
  readonly messages: readonly ShownMessage[];
  readonly bot: BotState;
  readonly paid: readonly PaidCall[];
  readonly next: string;
  readonly nexts: readonly Setting[];
  readonly isServiceAway: boolean;
}

/** A file, its bytes in base64. */
export interface SentFile {
  readonly name: string;
  readonly type: string;
  readonly data: string;
}
/** What came of it, as a client learns it. */
export interface Outcome {
  readonly form?: { readonly id: string } & Form;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
  /** The bot did not answer in the time that Discord gives. */
  readonly silent?: boolean;
  /** The client itself would not let this be sent. */
  readonly refused?: string;
}
