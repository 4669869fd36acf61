import { type Component, TYPE } from './components.ts';
import { Member, type OptionValue, type Upload } from './people.ts';
import { Channel } from './places.ts';
import { attach } from './posting.ts';
import * as wire from './wire.ts';
import type { World } from './world.ts';

export type FormValue = string | boolean | readonly string[] | readonly Upload[];

/** What the options name, in full: files, people, channels. */
export class Resolved {
  readonly #world: World;
  readonly #json: Record<string, Record<string, unknown>> = {};

  constructor(world: World) {
    this.#world = world;
  }

  toWire(channel: Channel) {
    return (_type: number, value: OptionValue): string | number | boolean => {
      if (value instanceof Member) {
        const user = wire.memberAsUser(value);
        this.#put('users', value.id, wire.userJson(user));
        return value.id;
      }
      if (value instanceof Channel) {
        this.#put('channels', value.id, { ...wire.channelJson(value), permissions: '0' });
        return value.id;
      }
      if (typeof value === 'object') return this.file(value, channel);
      return value;
    };
  }

  /** Uploaded files are ephemeral attachments. */
  file(upload: Upload, channel: Channel): string {
    const attachment = attach(this.#world, upload);
    const json = wire.attachmentJson(attachment, channel.id, this.#world.linkTo);
    this.#put('attachments', attachment.id, { ...json, ephemeral: true });
    return attachment.id;
  }

  json(): { resolved?: wire.Json } {
    return Object.keys(this.#json).length > 0 ? { resolved: this.#json } : {};
  }

  #put(kind: string, id: string, json: unknown): void {
    this.#json[kind] = { ...this.#json[kind], [id]: json };
  }
}

/** @throws Error where a client would not let these be picked */
export function checkPicked(menu: Component, values: readonly string[]): void {
  const least = menu.min_values ?? 1;
  const most = menu.max_values ?? 1;
  if (values.length < least || values.length > most)
    throw new Error(`"${menu.custom_id}" takes ${least} to ${most} values`);
  for (const value of values)
    if (menu.options && !menu.options.some((option) => option.value === value))
      throw new Error(`"${menu.custom_id}" has no value "${value}"`);
}

/** A form's component as it comes back: ids and what was filled in, or stood there before. */
export function filledIn(
  component: Component,
  values: Record<string, FormValue>,
  resolved: Resolved,
  channel: Channel,
): wire.Json {
  const base = { type: component.type, id: component.id ?? 0 };
  if (component.type === TYPE.label && component.component)
    return { ...base, component: filledIn(component.component, values, resolved, channel) };
  if (component.type === TYPE.row)
    return {
      ...base,
      components: (component.components ?? []).map((c) => filledIn(c, values, resolved, channel)),
    };
  if (!component.custom_id) return base;
  const given = values[component.custom_id];
  const field = { ...base, custom_id: component.custom_id };
  const required = component.required !== false;
  const complain = (why: string) => new Error(`The field "${component.custom_id}" ${why}`);
  switch (component.type) {
    case TYPE.textInput: {
      const value = String(given ?? component.value ?? '');
      if (required && !value) throw complain('is required');
      if (value.length > (component.max_length ?? 4_000)) throw complain('is too long');
      if (value && value.length < (component.min_length ?? 0)) throw complain('is too short');
      return { ...field, value };
    }
    case TYPE.fileUpload: {
      const files = (given ?? []) as readonly Upload[];
      const least = component.min_values ?? (required ? 1 : 0);
      if (files.length < least || files.length > (component.max_values ?? 1))
        throw complain(`does not take ${files.length} files`);
      return { ...field, values: files.map((upload) => resolved.file(upload, channel)) };
    }
    case TYPE.radioGroup: {
      const value = given ?? component.options?.find((option) => option.default)?.value ?? null;
      if (required && value === null) throw complain('is required');
      return { ...field, value };
    }
    case TYPE.checkbox:
      return { ...field, value: Boolean(given ?? component.default ?? false) };
    default: {
      const before = (component.options ?? []).filter((o) => o.default).map((o) => o.value);
      const picked = (typeof given === 'string' ? [given] : (given ?? before)) as string[];
      if (required || picked.length > 0) checkPicked(component, picked);
      return { ...field, values: picked };
    }
  }
}
