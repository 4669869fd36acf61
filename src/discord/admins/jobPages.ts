/** The pages of `/veo-admin jobs`: its buttons say all there is to know, so they work after a restart. */
import type { Steering } from '../../jobs/admins/steering.ts';
import type { HandlerParts } from '../handlers.ts';
import type { Press } from '../incoming/interaction.ts';
import { notAnAdmin } from '../text/admin.ts';
import { jobsMessage } from '../text/adminJobs.ts';
import { readJobsPage } from '../text/jobsPage.ts';

export interface JobPages {
  turnTo(press: Press, id: string): Promise<void>;
}

export function createJobPages({
  answers,
  adminUserIds,
  steering,
}: Pick<HandlerParts, 'answers' | 'adminUserIds'> & {
  readonly steering: Pick<Steering, 'list'>;
}): JobPages {
  return {
    async turnTo(press, id) {
      const { page, which } = readJobsPage(id);
      const ofBot = adminUserIds.includes(press.requester.userId);
      const { reply, member } = press;
      // Checked as if it were typed: rights may have gone since the list was made.
      const here = reply.place === 'server' && member.managesServer ? reply.guildId : null;
      if (!ofBot && (here === null || which.guildId !== here)) {
        return answers.privately(press, notAnAdmin());
      }
      const taken = await answers.takeOnItsMessage(press);
      if (taken.kind === 'not ours') return;
      const list = await steering.list(which, page);
      await answers.updateItsMessage(press, jobsMessage(list, which, ofBot));
    },
  };
}
