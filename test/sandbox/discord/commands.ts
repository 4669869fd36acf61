import { type Complaint, invalidForm, refuse } from './refusals.ts';

/** Application commands as registered. Source: Discord's documentation, 2026-08. */
export interface CommandOption {
  type: number;
  name: string;
  description?: string;
  required?: boolean;
  autocomplete?: boolean;
  choices?: { name: string; value: string | number; name_localizations?: Record<string, string> }[];
  options?: CommandOption[];
  min_value?: number;
  max_value?: number;
  min_length?: number;
  max_length?: number;
  file_types?: string[];
  name_localizations?: Record<string, string> | null;
  description_localizations?: Record<string, string> | null;
}
export interface CommandBody extends Omit<CommandOption, 'type'> {
  type?: number;
  id?: string;
  contexts?: number[] | null;
  integration_types?: number[];
  default_member_permissions?: string | number | null;
  nsfw?: boolean;
  dm_permission?: boolean;
}
export interface Command extends CommandBody {
  id: string;
  type: number;
  version: string;
  guildId: string | undefined;
}

const MOST_OF_TYPE: Record<number, number> = { 1: 100, 2: 15, 3: 15 };
const MOST_TEXT = 8_000;
const MOST_CREATED_A_DAY = 200;
const SLASH_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

export class Commands {
  #commands: Command[] = [];
  #created = 0;
  readonly #nextId: () => string;
  readonly #applicationId: string;

  constructor(nextId: () => string, applicationId: string) {
    this.#nextId = nextId;
    this.#applicationId = applicationId;
  }

  /** Replaces everything of one place: the whole application, or one server. */
  replace(guildId: string | undefined, bodies: readonly CommandBody[]): Command[] {
    const complaints = bodies.flatMap((body, index) => complaintsAbout(body, [index]));
    for (const [type, most] of Object.entries(MOST_OF_TYPE))
      if (bodies.filter((body) => (body.type ?? 1) === Number(type)).length > most)
        throw refuse(400, 30032);
    complaints.push(
      ...twice(
        bodies.map((body) => `${body.type ?? 1} ${body.name}`),
        [],
      ),
    );
    if (complaints.length > 0) throw invalidForm(complaints);
    const made = bodies.map((body) => this.#made(guildId, body));
    this.#commands = [...this.#commands.filter((c) => c.guildId !== guildId), ...made];
    return made;
  }

  add(guildId: string | undefined, body: CommandBody): { command: Command; isNew: boolean } {
    const complaints = complaintsAbout(body, []);
    if (complaints.length > 0) throw invalidForm(complaints);
    const before = this.find(body.type ?? 1, body.name, guildId);
    const command = this.#made(guildId, body);
    this.#commands = [...this.#commands.filter((other) => other.id !== command.id), command];
    return { command, isNew: before === undefined };
  }

  remove(guildId: string | undefined, id: string): void {
    const found = this.#commands.find((c) => c.id === id && c.guildId === guildId);
    if (!found) throw refuse(404, 10063);
    this.#commands = this.#commands.filter((command) => command !== found);
  }

  list(guildId: string | undefined): Command[] {
    return this.#commands.filter((command) => command.guildId === guildId);
  }

  get all(): readonly Command[] {
    return this.#commands;
  }

  /** Exactly in one place. */
  find(type: number, name: string, guildId: string | undefined): Command | undefined {
    return this.list(guildId).find((c) => c.type === type && c.name === name);
  }

  json(command: Command, withLocalizations: boolean): Record<string, unknown> {
    const { guildId, ...rest } = command;
    const plain = withLocalizations ? rest : withoutLocalizations(rest);
    return {
      ...(plain as object),
      application_id: this.#applicationId,
      description: command.description ?? '',
      default_member_permissions:
        command.default_member_permissions === undefined ||
        command.default_member_permissions === null
          ? null
          : String(command.default_member_permissions),
      contexts: command.contexts ?? null,
      integration_types: command.integration_types ?? [0],
      nsfw: command.nsfw ?? false,
      ...(guildId ? { guild_id: guildId } : {}),
    };
  }

  #made(guildId: string | undefined, body: CommandBody): Command {
    const type = body.type ?? 1;
    const before = this.find(type, body.name, guildId);
    if (!before) {
      this.#created += 1;
      if (this.#created > MOST_CREATED_A_DAY) throw refuse(400, 30034);
    }
    const id = before?.id ?? this.#nextId();
    return { ...body, type, id, version: this.#nextId(), guildId };
  }
}

function withoutLocalizations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLocalizations);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.endsWith('_localizations'))
      .map(([key, item]) => [key, withoutLocalizations(item)]),
  );
}

/** What the published description of forms cannot say. */
function complaintsAbout(body: CommandBody, path: (string | number)[]): Complaint[] {
  const complaints: Complaint[] = [];
  const say = (where: string, code: string, message: string) =>
    complaints.push({ path: [...path, where], code, message });
  const type = body.type ?? 1;
  if (type === 1) {
    if (!body.description) say('description', 'BASE_TYPE_REQUIRED', 'This field is required');
    if (!SLASH_NAME.test(body.name) || body.name !== body.name.toLowerCase())
      say('name', 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  } else {
    if (body.description)
      say(
        'description',
        'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED',
        'Context menu commands cannot have description',
      );
    if (body.options?.length)
      say(
        'options',
        'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_NOT_ALLOWED',
        'Context menu commands cannot have options',
      );
  }
  if (body.contexts?.includes(2) && !body.integration_types?.includes(1))
    say('contexts', 'APPLICATION_COMMAND_INVALID_CONTEXTS', 'Private channels need a user install');
  if (textOf(body) > MOST_TEXT)
    complaints.push({
      path,
      code: 'APPLICATION_COMMAND_TOO_LARGE',
      message: `Command exceeds maximum size (${MOST_TEXT})`,
    });
  complaints.push(...localizationComplaints(body, type === 1, path));
  complaints.push(...optionComplaints(body.options ?? [], [...path, 'options']));
  return complaints;
}

/** Source: Discord's reference of locales, 2026-08. */
const LOCALES = new Set(
  (
    'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th ' +
    'zh-CN ja zh-TW ko'
  ).split(' '),
);

/** Each translation has to be what the text itself has to be. */
function localizationComplaints(
  part: Pick<CommandOption, 'name_localizations' | 'description_localizations'>,
  isSlash: boolean,
  path: (string | number)[],
): Complaint[] {
  return (['name_localizations', 'description_localizations'] as const).flatMap((field) =>
    Object.entries(part[field] ?? {}).flatMap(([locale, text]) => {
      const say = (code: string, message: string) => [
        { path: [...path, field, locale], code, message },
      ];
      if (!LOCALES.has(locale)) return say('BASE_TYPE_CHOICES', 'Not a locale');
      const longest = field === 'name_localizations' ? (isSlash ? 32 : 100) : 100;
      if (text.length < 1 || text.length > longest)
        return say('BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${longest} in length.`);
      const wrong = isSlash && (!SLASH_NAME.test(text) || text !== text.toLowerCase());
      return field === 'name_localizations' && wrong
        ? say('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')
        : [];
    }),
  );
}

function optionComplaints(options: CommandOption[], path: (string | number)[]): Complaint[] {
  const complaints: Complaint[] = [];
  const nested = options.filter((option) => option.type <= 2).length;
  if (nested > 0 && nested < options.length)
    complaints.push({
      path,
      code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      message:
        'Sub-command and sub-command group option types are mutually exclusive to all other types',
    });
  let sawOptional = false;
  options.forEach((option, index) => {
    const say = (code: string, message: string, where: string) =>
      complaints.push({ path: [...path, index, where], code, message });
    if (!SLASH_NAME.test(option.name) || option.name !== option.name.toLowerCase())
      say('APPLICATION_COMMAND_INVALID_NAME', 'Option name is invalid', 'name');
    complaints.push(...localizationComplaints(option, true, [...path, index]));
    for (const [at, choice] of (option.choices ?? []).entries()) {
      const choicePath = [...path, index, 'choices', at];
      complaints.push(...localizationComplaints(choice, false, choicePath));
    }
    if (option.type > 2 && option.required && sawOptional)
      say(
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
        'required',
      );
    if (!option.required) sawOptional = true;
    if (option.choices?.length && option.autocomplete)
      say(
        'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
        'Choices and autocomplete exclude each other',
        'autocomplete',
      );
    complaints.push(
      ...twice(
        (option.choices ?? []).map(({ name }) => name),
        [...path, index, 'choices'],
      ),
      ...twice(
        (option.choices ?? []).map(({ value }) => String(value)),
        [...path, index, 'choices'],
      ),
    );
    (option.choices ?? []).forEach((choice, at) => {
      const isText = typeof choice.value === 'string';
      if (isText !== (option.type === 3))
        complaints.push({
          path: [...path, index, 'choices', at, 'value'],
          code: 'BASE_TYPE_BAD_TYPE',
          message: 'The value does not fit the option',
        });
      if (String(choice.value).length > 100)
        complaints.push({
          path: [...path, index, 'choices', at, 'value'],
          code: 'BASE_TYPE_MAX_LENGTH',
          message: 'Must be 100 or fewer in length.',
        });
    });
    if (option.options)
      complaints.push(...optionComplaints(option.options, [...path, index, 'options']));
  });
  complaints.push(
    ...twice(
      options.map(({ name }) => name),
      path,
    ),
  );
  return complaints;
}

function twice(names: string[], path: (string | number)[]): Complaint[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          {
            path: [...path, index, 'name'],
            code: 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
            message: 'Names must be unique',
          },
        ],
  );
}

/** All text of a command; of a localized field only the longest form counts. */
function textOf(part: CommandBody | CommandOption): number {
  const longest = (text = '', localized: Record<string, string> | null = {}) =>
    Math.max(text.length, ...Object.values(localized ?? {}).map((other) => other.length));
  const choices = (part.choices ?? []).map(
    (choice) => longest(choice.name, choice.name_localizations) + String(choice.value).length,
  );
  const options = (part.options ?? []).map(textOf);
  const own =
    longest(part.name, part.name_localizations) +
    longest(part.description, part.description_localizations);
  return [...choices, ...options].reduce((sum, length) => sum + length, own);
}
