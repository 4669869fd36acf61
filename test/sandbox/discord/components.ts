/** A component as Discord's wire has it; only what is looked at is named. */
export interface Component {
  type: number;
  id?: number;
  custom_id?: string;
  label?: string;
  style?: number;
  disabled?: boolean;
  url?: string;
  emoji?: unknown;
  content?: string;
  placeholder?: string;
  required?: boolean;
  value?: string;
  min_values?: number;
  max_values?: number;
  min_length?: number;
  max_length?: number;
  options?: SelectOption[];
  components?: Component[];
  component?: Component;
  accessory?: Component;
  items?: { media?: Media; description?: string | null }[];
  file?: Media;
  media?: Media;
  [other: string]: unknown;
}
interface SelectOption {
  label: string;
  value: string;
  description?: string;
  default?: boolean;
}
interface Media {
  url: string;
  [other: string]: unknown;
}

export const TYPE = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  container: 17,
  label: 18,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
} as const;

/** A component and all below it, outside first. */
export function* within(components: readonly Component[]): Generator<Component> {
  for (const component of components) {
    yield component;
    yield* within(component.components ?? []);
    if (component.component) yield* within([component.component]);
    if (component.accessory) yield* within([component.accessory]);
  }
}

/** What Discord fills in where nothing was sent. */
const DEFAULTS: Record<number, Record<string, unknown>> = {
  3: { min_values: 1, max_values: 1 },
  5: { min_values: 1, max_values: 1 },
  6: { min_values: 1, max_values: 1 },
  7: { min_values: 1, max_values: 1 },
  8: { min_values: 1, max_values: 1 },
  11: { description: null, spoiler: false },
  13: { name: null, size: null, spoiler: false },
  14: { spacing: 1, divider: true },
  17: { accent_color: null, spoiler: false },
};

/** A copy as Discord gives it back: numbered, with defaults, without what was sent as null. */
export function numbered(components: readonly Component[]): Component[] {
  let next = 1;
  const copy = (component: Component): Component => {
    const { id = next, ...sent } = component;
    next += 1;
    const made = { ...DEFAULTS[sent.type], ...withoutNulls(sent), id } as Component;
    if (made.components) made.components = made.components.map(copy);
    if (made.component) made.component = copy(made.component);
    if (made.accessory) made.accessory = copy(made.accessory);
    if (made.items)
      made.items = made.items.map((item) => ({ description: null, spoiler: false, ...item }));
    return made;
  };
  return components.map(copy);
}

function withoutNulls<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutNulls) as T;
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutNulls(item)])) as T;
}
