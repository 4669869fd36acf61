/**
 * The models that can be had: the built-in ones (models.json), the operator's file over them, and
 * the operator's choice of ids. Every mistake at once, in words.
 *
 * The file has the form of models.json, `{"models":[{"id":"…", …}]}`. An entry with a known id changes
 * only the fields it names; a new one names all, or those that differ from the entry in `like`.
 */
import { readFileSync } from 'node:fs';
import { distance } from 'fastest-levenshtein';
import type { Model } from '../jobs/model.ts';
import { checkModel } from './modelRules.ts';
import builtIn from './models.json' with { type: 'json' };

export type Catalogue =
  /** `models` can be asked for, the first is the default; `known` also holds those left out. */
  | { readonly models: readonly Model[]; readonly known: readonly Model[] }
  | { readonly mistakes: readonly string[] };

export interface CatalogueChoice {
  /** Which, in this order. Null: all but those that are offered only when asked for. */
  readonly ids: readonly string[] | null;
  /** Path of the operator's file, or null. */
  readonly file: string | null;
}

/** A name with one letter wrong in so many is still meant; with more it is another one. */
const STILL_NEAR = 4;

/** Unchecked: what a file says about one model. */
type Entry = Record<string, unknown>;

export function loadCatalogue({ ids, file }: CatalogueChoice): Catalogue {
  const mistakes: string[] = [];
  const entries = new Map<string, Entry>(builtIn.models.map((entry) => [entry.id, { ...entry }]));
  if (file !== null) {
    for (const entry of readEntries(file, mistakes)) layOver(entries, entry, file, mistakes);
  }
  const known: Model[] = [];
  for (const [id, entry] of entries) {
    const { onlyWhenAsked: _, ...fields } = entry;
    const checked = checkModel(fields);
    if (checked.ok) known.push(checked.model);
    else mistakes.push(...checked.mistakes.map((mistake) => `model ${id}: ${mistake}`));
  }
  for (const model of known) {
    if (model.successor !== null && !entries.has(model.successor)) {
      mistakes.push(`model ${model.id}: successor "${model.successor}" is in no list`);
    }
  }
  const usual = [...entries].filter(([, entry]) => entry.onlyWhenAsked !== true).map(([id]) => id);
  const wanted = [...new Set((ids ?? usual).map((id) => id.trim()).filter((id) => id !== ''))];
  for (const id of wanted) if (!entries.has(id)) mistakes.push(unknown(id, [...entries.keys()]));
  if (wanted.length === 0) mistakes.push('VIDEO_MODELS names no model');
  if (mistakes.length > 0) return { mistakes };
  const byId = new Map(known.map((model) => [model.id, model]));
  return { models: wanted.flatMap((id) => byId.get(id) ?? []), known };
}

function readEntries(file: string, mistakes: string[]): Entry[] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    mistakes.push(
      `VIDEO_MODELS_FILE ${file}: ${code === undefined ? 'is not JSON' : `cannot be read (${code})`}`,
    );
    return [];
  }
  const models: unknown = Array.isArray(json)
    ? json
    : (json as { models?: unknown } | null)?.models;
  if (!Array.isArray(models)) {
    mistakes.push(`VIDEO_MODELS_FILE ${file}: expected is {"models":[{"id":"…"}, …]}`);
    return [];
  }
  return models.filter((entry: unknown, index): entry is Entry => {
    const id = typeof entry === 'object' && entry !== null ? (entry as Entry).id : undefined;
    if (typeof id === 'string' && id !== '') return true;
    mistakes.push(`VIDEO_MODELS_FILE ${file}: entry ${index + 1} has no "id"`);
    return false;
  });
}

function layOver(
  entries: Map<string, Entry>,
  entry: Entry,
  file: string,
  mistakes: string[],
): void {
  const { like, ...fields } = entry;
  const id = String(entry.id);
  if (like !== undefined && !entries.has(String(like))) {
    mistakes.push(
      `VIDEO_MODELS_FILE ${file}: model ${id}: like: ${unknown(String(like), [...entries.keys()])}`,
    );
    return;
  }
  const under = entries.get(id) ?? (like === undefined ? {} : entries.get(String(like)));
  // Named in the operator's own file, it is asked for.
  entries.set(id, { ...under, onlyWhenAsked: false, ...fields });
}

function unknown(id: string, ids: readonly string[]): string {
  const [near] = ids
    .map((known) => ({ known, far: distance(id, known) }))
    .filter(({ far }) => far <= Math.max(1, id.length / STILL_NEAR))
    .toSorted((a, b) => a.far - b.far);
  const hint =
    near === undefined ? `; known are ${ids.join(', ')}.` : `, did you mean "${near.known}"?`;
  return `unknown model "${id}"${hint} A new model is described in VIDEO_MODELS_FILE`;
}
