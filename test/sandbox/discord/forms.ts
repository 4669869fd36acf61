import { type Component, TYPE, within } from './components.ts';
import type { AllowedMentions } from './mentions.ts';
import { COMPONENTS_V2 } from './message.ts';
import type { Upload } from './people.ts';
import { type Complaint, invalidForm } from './refusals.ts';

/** What a message's form says beyond its shape. Source: Discord's documentation, 2026-08. */
export interface MessageBody {
  content?: string | null;
  embeds?: unknown[] | null;
  flags?: number | null;
  components?: Component[] | null;
  attachments?: AttachmentBody[] | null;
  allowed_mentions?: AllowedMentions | null;
  nonce?: string | number | null;
  enforce_nonce?: boolean;
  message_reference?: {
    message_id: string;
    channel_id?: string;
    fail_if_not_exists?: boolean;
    type?: number;
  } | null;
  poll?: unknown;
  sticker_ids?: string[];
}
export interface AttachmentBody {
  id: string | number;
  filename?: string | null;
  description?: string | null;
}
/** Files of a request by the number in `files[n]`. */
export type Files = ReadonlyMap<string, Upload>;

const MOST_CHARACTERS = 2_000;
const MOST_COMPONENTS = 40;
const MOST_ROWS = 5;
const MOST_FILES = 10;

/** @throws Refusal 50035 */
export function checkMessage(
  body: MessageBody,
  files: Files,
  isV2: boolean,
  path: string[] = [],
): void {
  const complaints: Complaint[] = [];
  const say = (where: (string | number)[], code: string, message: string) =>
    complaints.push({ path: [...path, ...where], code, message });
  if ([...(body.content ?? '')].length > MOST_CHARACTERS)
    say(['content'], 'BASE_TYPE_MAX_LENGTH', `Must be ${MOST_CHARACTERS} or fewer in length.`);
  if (files.size > MOST_FILES)
    say(['attachments'], 'BASE_TYPE_MAX_LENGTH', `Must be ${MOST_FILES} or fewer in length.`);
  const { parse, users, roles } = body.allowed_mentions ?? {};
  if ((parse?.includes('users') && users?.length) || (parse?.includes('roles') && roles?.length))
    say(
      ['allowed_mentions'],
      'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
      'parse and an explicit list are mutually exclusive',
    );
  if (isV2) {
    for (const field of ['content', 'embeds', 'poll', 'sticker_ids'] as const) {
      const value = body[field];
      if (value && (value as unknown[] | string).length !== 0)
        say(
          [field],
          'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
          'The field cannot be used with components V2',
        );
    }
  }
  complaints.push(...componentComplaints(body.components ?? [], isV2, [...path, 'components']));
  if (complaints.length > 0) throw invalidForm(complaints);
}

function componentComplaints(
  components: readonly Component[],
  isV2: boolean,
  path: (string | number)[],
): Complaint[] {
  const complaints: Complaint[] = [];
  const say = (where: (string | number)[], code: string, message: string) =>
    complaints.push({ path: [...path, ...where], code, message });
  const all = [...within(components)];
  if (all.length > MOST_COMPONENTS)
    say([], 'BASE_TYPE_MAX_LENGTH', `Must be ${MOST_COMPONENTS} or fewer in length.`);
  if (!isV2) {
    if (components.length > MOST_ROWS)
      say([], 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${MOST_ROWS} in length.`);
    components.forEach((component, index) => {
      if (component.type !== TYPE.row)
        say([index, 'type'], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).');
    });
  }
  const seen = new Set<string>();
  visit(components, path, (component, at) => {
    const complain = (where: string, code: string, message: string) =>
      complaints.push({ path: [...at, where], code, message });
    if (component.custom_id) {
      if (seen.has(component.custom_id))
        complain(
          'custom_id',
          'COMPONENT_CUSTOM_ID_DUPLICATED',
          'Component custom id cannot be duplicated',
        );
      seen.add(component.custom_id);
    }
    if (component.type === TYPE.button) buttonComplaints(component, complain);
    if (component.type === TYPE.row) rowComplaints(component, complain);
    if (component.type === TYPE.stringSelect) selectComplaints(component, complain);
  });
  return complaints;
}

type Complain = (where: string, code: string, message: string) => void;

function buttonComplaints(button: Component, complain: Complain): void {
  const isLink = button.style === 5;
  const isPremium = button.style === 6;
  if (isLink !== Boolean(button.url))
    complain('url', 'BUTTON_COMPONENT_INVALID_URL', 'A link button, and only it, has a url');
  if (!isLink && !isPremium && !button.custom_id)
    complain('custom_id', 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required');
  if ((isLink || isPremium) && button.custom_id)
    complain(
      'custom_id',
      'BUTTON_COMPONENT_CUSTOM_ID_EXCLUSIVE',
      'A custom id and url cannot both be specified',
    );
  if (!isPremium && !button.label && !button.emoji)
    complain('label', 'BUTTON_COMPONENT_LABEL_REQUIRED', 'A label or emoji is required');
}

function rowComplaints(row: Component, complain: Complain): void {
  const inside = row.components ?? [];
  const selects = inside.filter(({ type }) => type === 3 || (type >= 5 && type <= 8)).length;
  const others = inside.length - selects;
  if (selects > 1 || (selects === 1 && others > 0) || others > 5 || inside.length === 0)
    complain(
      'components',
      'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
      'The row holds five buttons or one menu',
    );
}

function selectComplaints(select: Component, complain: Complain): void {
  const options = select.options ?? [];
  const values = options.map(({ value }) => value);
  if (new Set(values).size !== values.length)
    complain(
      'options',
      'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
      'The specified option value is already used',
    );
  const most = select.max_values ?? 1;
  if (most > options.length || (select.min_values ?? 1) > most)
    complain('max_values', 'SELECT_COMPONENT_MAX_VALUES_TOO_LARGE', 'More values than options');
  if (options.filter((option) => option.default).length > most)
    complain('options', 'SELECT_COMPONENT_TOO_MANY_DEFAULTS', 'More defaults than values');
}

/** @throws Refusal 50035 */
export function checkModal(components: readonly Component[], path: string[]): void {
  const complaints: Complaint[] = [];
  const at = [...path, 'components'];
  if (components.length < 1 || components.length > 5)
    complaints.push({
      path: at,
      code: 'BASE_TYPE_BAD_LENGTH',
      message: 'Must be between 1 and 5 in length.',
    });
  const seen = new Set<string>();
  visit(components, at, (component, where) => {
    const complain = (field: string, code: string, message: string) =>
      complaints.push({ path: [...where, field], code, message });
    if (component.custom_id) {
      if (seen.has(component.custom_id))
        complain(
          'custom_id',
          'COMPONENT_CUSTOM_ID_DUPLICATED',
          'Component custom id cannot be duplicated',
        );
      seen.add(component.custom_id);
    }
    if (component.type === TYPE.stringSelect) selectComplaints(component, complain);
    if (
      component.type === TYPE.textInput &&
      component.value &&
      component.value.length > (component.max_length ?? 4_000)
    )
      complain('value', 'BASE_TYPE_MAX_LENGTH', 'The prefilled text is longer than allowed');
    const optional = component.min_values === 0;
    if (component.type === TYPE.fileUpload && optional && component.required !== false)
      complain('required', 'FILE_UPLOAD_REQUIRED_INVALID', 'min_values 0 needs required false');
  });
  if (complaints.length > 0) throw invalidForm(complaints);
}

function visit(
  components: readonly Component[],
  path: (string | number)[],
  each: (component: Component, path: (string | number)[]) => void,
): void {
  components.forEach((component, index) => {
    const at = [...path, index];
    each(component, at);
    if (component.components) visit(component.components, [...at, 'components'], each);
    if (component.component) {
      each(component.component, [...at, 'component']);
    }
    if (component.accessory) each(component.accessory, [...at, 'accessory']);
  });
}

export function wantsV2(flags: number | null | undefined): boolean {
  return ((flags ?? 0) & COMPONENTS_V2) !== 0;
}
