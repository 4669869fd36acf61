/** A form's id, its fields, and what is read from it when it comes back. */
import type { Wish } from '../../jobs/request.ts';

/** What the form belongs to: nothing yet, a wish that was kept, or a video that is there. */
export type FormOf =
  | { readonly kind: 'new' }
  | { readonly kind: 'draft'; readonly id: string }
  | { readonly kind: 'job'; readonly id: string };

export const field = {
  prompt: 'prompt',
  pictures: 'pictures',
  how: 'how',
  model: 'model',
  length: 'length',
  quality: 'quality',
} as const;

export type How = 'edit' | 'extend' | 'anew';

/** The value of a quality that is none of the resolutions. */
export const DRAFT = 'draft';

export function formId(of: FormOf, mark: string): string {
  return `form:${of.kind}:${of.kind === 'new' ? '' : of.id}:${mark}`;
}

const formIdForm = /^form:(?:(new):|(job):([0-9a-z]{8})|(draft):([0-9A-Za-z_-]{1,64})):([\w-]{8})$/;

export function parseFormId(
  customId: string,
): { readonly of: FormOf; readonly mark: string } | null {
  const found = formIdForm.exec(customId);
  if (found === null) return null;
  const [, isNew, isJob, jobId = '', , draftId = '', mark = ''] = found;
  if (isNew !== undefined) return { of: { kind: 'new' }, mark };
  if (isJob !== undefined) return { of: { kind: 'job', id: jobId }, mark };
  return { of: { kind: 'draft', id: draftId }, mark };
}

export interface Filled {
  readonly prompt: string;
  readonly how: How;
  readonly wish: Pick<Wish, 'modelId' | 'seconds' | 'aspectRatio' | 'resolution' | 'draft'>;
}

/** @returns null where it has not the form of what this form asks. */
export function readForm(fields: ReadonlyMap<string, string | readonly string[]>): Filled | null {
  const prompt = fields.get(field.prompt);
  if (typeof prompt !== 'string') return null;
  const how = one(fields.get(field.how)) ?? 'anew';
  if (how !== 'edit' && how !== 'extend' && how !== 'anew') return null;
  const modelId = one(fields.get(field.model));
  const length = one(fields.get(field.length));
  const quality = one(fields.get(field.quality));
  const parts = length === undefined ? null : /^(\d{1,3}) (\d{1,4}:\d{1,4})$/.exec(length);
  if (length !== undefined && parts === null) return null;
  return {
    prompt,
    how,
    wish: {
      ...(modelId === undefined ? {} : { modelId }),
      ...(parts === null ? {} : { seconds: Number(parts[1]), aspectRatio: parts[2] ?? '' }),
      ...(quality === DRAFT && { draft: true }),
      ...(quality === undefined || quality === DRAFT ? {} : { resolution: quality }),
    },
  };
}

function one(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}
