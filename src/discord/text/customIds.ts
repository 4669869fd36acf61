/**
 * What a button's custom id says. The ids live in messages for as long as the messages do, so a
 * form once posted stays readable. They also mark a message as a job's: see readback.ts.
 */
import { jobsPageForm } from './jobsPage.ts';

export type Pressed =
  | { readonly kind: 'cancel'; readonly id: string }
  | { readonly kind: 'again'; readonly id: string }
  | { readonly kind: 'show'; readonly id: string }
  /** The id is a draft's, not a job's. */
  | { readonly kind: 'start'; readonly id: string }
  | { readonly kind: 'change'; readonly id: string }
  | { readonly kind: 'extend'; readonly id: string }
  | { readonly kind: 'upscale'; readonly id: string }
  /** Of a draft: the video as it was wanted in the end. */
  | { readonly kind: 'full'; readonly id: string }
  | { readonly kind: 'delete'; readonly id: string }
  /** Of a video that is too large: a copy that fits. */
  | { readonly kind: 'smaller'; readonly id: string }
  /** A link to the kept video, for the one who pressed. */
  | { readonly kind: 'link'; readonly id: string }
  /** Asked once more, privately: the job and, behind a dash, the message that is emptied. */
  | { readonly kind: 'deletenow'; readonly id: string }
  /** Opens the form with a draft's wish in it. */
  | { readonly kind: 'form'; readonly id: string }
  /** In a list: shows the job's video in a new message. */
  | { readonly kind: 'video'; readonly id: string }
  /** In a list: the id is the number of a page, the first is 0. */
  | { readonly kind: 'page'; readonly id: string }
  /** In an admin's list of jobs: which page of which; see jobsPage.ts. */
  | { readonly kind: 'jobs'; readonly id: string }
  /** Under a report: the job, and behind dashes the server, channel and message of its video. */
  | { readonly kind: 'takedown'; readonly id: string }
  /** Of the member's data: the id is `ask` or, once they were asked, `now`. */
  | { readonly kind: 'forget'; readonly id: string };

const jobId = /^[0-9a-z]{8}$/;
const pageNumber = /^\d{1,5}$/;
const draftId = /^[0-9A-Za-z_-]{1,64}$/;

const forms: Readonly<Record<Pressed['kind'], RegExp>> = {
  cancel: jobId,
  again: jobId,
  show: jobId,
  start: draftId,
  change: jobId,
  extend: jobId,
  upscale: jobId,
  full: jobId,
  delete: jobId,
  smaller: jobId,
  link: jobId,
  deletenow: /^[0-9a-z]{8}-\d{1,20}$/,
  form: draftId,
  video: jobId,
  page: pageNumber,
  jobs: jobsPageForm,
  takedown: /^[0-9a-z]{8}(?:-\d{1,20}){3}$/,
  forget: /^(?:ask|now)$/,
};

const underItsOwnMessage: readonly Pressed['kind'][] = [
  ...(['cancel', 'again', 'show'] as const),
  ...(['change', 'extend', 'upscale', 'full', 'delete', 'smaller'] as const),
];

/** Whether such a button stands under the job's own message, and so tells whose that is. */
export function marksJob({ kind }: Pressed): boolean {
  return underItsOwnMessage.includes(kind);
}

/** At most 100 characters, Discord's limit. */
export function customId(kind: Pressed['kind'], id: string): string {
  return `${kind}:${id}`;
}

/** Null for anything we did not write: an older or foreign button, or a forged press. */
export function parseCustomId(text: string): Pressed | null {
  const colon = text.indexOf(':');
  const kind = text.slice(0, colon);
  const id = text.slice(colon + 1);
  if (!isKind(kind) || !forms[kind].test(id)) return null;
  return { kind, id };
}

function isKind(text: string): text is Pressed['kind'] {
  return Object.hasOwn(forms, text);
}
