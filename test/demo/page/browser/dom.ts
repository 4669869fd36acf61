/** Elements without HTML text: what somebody wrote is only ever put in as text. */
type Child = Node | string | null | undefined | false;
type Attributes = Readonly<Record<string, unknown>>;

/** `on…` listens, names with a hyphen, `role` and `class` are attributes, the rest are properties. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null) continue;
    if (name.startsWith('on'))
      element.addEventListener(name.slice(2), value as (event: Event) => void);
    else if (name.includes('-') || !(name in element) || name === 'list') {
      if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
    } else Reflect.set(element, name, value);
  }
  element.append(
    ...children.filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** Puts these children in place of those that are there, keeping what stays where it is. */
export function arrange(parent: Element, wanted: readonly Element[]): void {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  let before = parent.firstElementChild;
  for (const element of wanted) {
    if (element === before) before = before.nextElementSibling;
    else parent.insertBefore(element, before);
  }
}
