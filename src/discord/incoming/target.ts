/** The message that a command was chosen on, as far as it says whose video is in it. */
import { z } from 'zod';
import type { JobId } from '../../jobs/job.ts';
import { jobShownBy } from '../posting/readback.ts';

export interface Target {
  readonly messageId: string;
  readonly authorId: string | null;
  /** By the buttons under it; to be believed where the author is this bot. */
  readonly jobId: JobId | null;
  readonly hasFiles: boolean;
}

const message = z.object({
  author: z.object({ id: z.string() }).nullish().catch(null),
  attachments: z.array(z.unknown()).catch([]),
  components: z.array(z.looseObject({ components: z.array(z.unknown()).catch([]) })).catch([]),
});

export function targetOf(messageId: string, raw: unknown): Target {
  const read = message.safeParse(raw).data;
  const components = (read?.components ?? []) as unknown as Parameters<
    typeof jobShownBy
  >[0]['components'];
  return {
    messageId,
    authorId: read?.author?.id ?? null,
    jobId: components === undefined ? null : jobShownBy({ components }),
    hasFiles: (read?.attachments.length ?? 0) > 0,
  };
}
