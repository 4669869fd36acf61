import type { Command, CommandOption } from './commands.ts';
import type { OptionValue } from './people.ts';
import type { Json } from './wire.ts';

/** Turns a member's option into the wire's value, and notes what belongs into `resolved`. */
export type ToWire = (type: number, value: OptionValue) => string | number | boolean;

const TYPE_NAMES: Record<number, string> = {
  3: 'string',
  4: 'number',
  5: 'boolean',
  10: 'number',
};

/**
 * Fills a command in as a client does, and refuses what a client refuses: an unknown
 * subcommand or option, a missing required one, a value outside its choices or limits.
 */
export function fillIn(
  command: Command,
  words: readonly string[],
  values: Record<string, OptionValue>,
  toWire: ToWire,
  focused?: string,
): Json[] {
  const name = `/${[command.name, ...words].join(' ')}`;
  let options = command.options ?? [];
  const path: CommandOption[] = [];
  for (const word of words) {
    const sub = options.find((option) => option.name === word && option.type <= 2);
    if (!sub) throw new Error(`There is no ${name}`);
    path.push(sub);
    options = sub.options ?? [];
  }
  if (options.some((option) => option.type <= 2))
    throw new Error(`${name} needs one of: ${options.map((option) => option.name).join(', ')}`);
  for (const given of Object.keys(values))
    if (!options.some((option) => option.name === given))
      throw new Error(
        `${name} has no option "${given}", only ${options.map((o) => o.name).join(', ')}`,
      );
  if (focused && !options.find((option) => option.name === focused)?.autocomplete)
    throw new Error(`"${focused}" of ${name} does not complete`);
  const filled: Json[] = [];
  for (const option of options) {
    const value = values[option.name];
    if (value === undefined) {
      if (option.required && !focused) throw new Error(`${name} needs the option "${option.name}"`);
      continue;
    }
    if (!focused) check(name, option, value);
    filled.push({
      name: option.name,
      type: option.type,
      value: toWire(option.type, value),
      ...(option.name === focused ? { focused: true } : {}),
    });
  }
  return path.reduceRight(
    (inner, sub) => [{ name: sub.name, type: sub.type, options: inner }],
    filled,
  );
}

const EXTENSIONS: Record<string, readonly string[]> = {
  image: ['png', 'jpg', 'jpeg', 'webp', 'gif', 'heic', 'heif', 'avif', 'bmp', 'tiff'],
  video: ['mp4', 'mov', 'webm'],
};

/** The client looks at the extension alone. Source: Discord's documentation, 2026-08. */
function mayPick(type: string, filename: string): boolean {
  const extension = filename.split('.').at(-1)?.toLowerCase() ?? '';
  return type.startsWith('.') ? type === `.${extension}` : !!EXTENSIONS[type]?.includes(extension);
}

function check(name: string, option: CommandOption, value: OptionValue): void {
  const complain = (why: string): never => {
    throw new Error(`${name}: "${option.name}" ${why}`);
  };
  const wanted = TYPE_NAMES[option.type] ?? 'object';
  if (typeof value !== wanted) complain(`must be a ${wanted}`);
  if (option.file_types && typeof value === 'object' && 'filename' in value) {
    const { filename } = value;
    if (!option.file_types.some((type) => mayPick(type, filename)))
      complain(`takes only files of: ${option.file_types.join(', ')}`);
  }
  if (option.type === 4 && !Number.isInteger(value)) complain('must be a whole number');
  if (option.choices?.length && !option.choices.some((choice) => choice.value === value))
    complain(`must be one of: ${option.choices.map((choice) => choice.value).join(', ')}`);
  if (typeof value === 'string') {
    if (value.length > (option.max_length ?? 6_000)) complain('is too long');
    if (value.length < (option.min_length ?? 0)) complain('is too short');
    if (value.trim() === '' && option.required) complain('is empty');
  }
  if (typeof value === 'number') {
    if (value > (option.max_value ?? Number.POSITIVE_INFINITY)) complain('is too large');
    if (value < (option.min_value ?? Number.NEGATIVE_INFINITY)) complain('is too small');
  }
}
