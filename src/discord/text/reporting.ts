/** The form in which a video is reported, and what is left of one that was taken down. */
import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import type { Job, JobId } from '../../jobs/job.ts';
import { chargeWords } from './charge.ts';
import { type MessageBody, pingNobody } from './job.ts';
import { type Words, wordsOf } from './words.ts';

export const REASON_FIELD = 'reason';
export const REASON_MAX = 300;

/** What a sent form is about. */
export interface Reported {
  readonly jobId: JobId;
  readonly messageId: string;
}

const idForm = /^report:([0-9a-z]{8}):(\d{1,20})$/;

export function parseReportId(customId: string): Reported | null {
  const [, jobId, messageId] = idForm.exec(customId) ?? [];
  return jobId === undefined || messageId === undefined ? null : { jobId, messageId };
}

export function reportForm(
  { jobId, messageId }: Reported,
  { report }: Words,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: `report:${jobId}:${messageId}`,
    title: report.title,
    components: [
      {
        type: ComponentType.Label,
        label: report.reason,
        description: report.reasonHint,
        component: {
          type: ComponentType.TextInput,
          custom_id: REASON_FIELD,
          style: TextInputStyle.Paragraph,
          required: false,
          max_length: REASON_MAX,
        },
      },
    ],
  };
}

/** As where a video was deleted, in the language of whoever asked for it. */
export function takenDownMessage(job: Job): MessageBody {
  const words = wordsOf(job);
  const charge = 'charge' in job ? job.charge : { kind: 'not charged' as const };
  return {
    content: words.deleting.takenDown(chargeWords(charge, words)),
    components: [],
    allowed_mentions: pingNobody,
  };
}
