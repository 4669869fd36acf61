/** The front door of this folder: everything that is said to Discord and heard from it. */

import type { Actions } from '../jobs/actions.ts';
import type { Act } from '../jobs/admins/acts.ts';
import type { House } from '../jobs/admins/house.ts';
import type { Lines, LinesParts } from '../jobs/admins/lines.ts';
import type { Redelivery } from '../jobs/admins/redelivery.ts';
import type { Reporting } from '../jobs/admins/reporting.ts';
import type { Ruling } from '../jobs/admins/ruling.ts';
import type { Steering } from '../jobs/admins/steering.ts';
import type { TellingParts } from '../jobs/admins/telling.ts';
import type { Accounting } from '../jobs/money/accounting.ts';
import type { DrawChart } from '../jobs/money/chart.ts';
import type { Replies } from '../jobs/ports/replies.ts';
import type { JobStore } from '../jobs/ports/store.ts';
import { createAdminLog } from './admins/adminLog.ts';
import type { AdminView } from './admins/adminView.ts';
import { createAudit } from './admins/audit.ts';
import { createJobPages } from './admins/jobPages.ts';
import { createReports } from './admins/reporting.ts';
import { createAnswers } from './answering/answers.ts';
import { createButtons } from './buttons.ts';
import { createAdmin } from './commands/admin/admin.ts';
import type { AdminParts } from './commands/admin/command.ts';
import { createAnimate } from './commands/animate.ts';
import { createHelp } from './commands/help.ts';
import { ANIMATE, REPORT } from './commands/payload.ts';
import { createVeo } from './commands/veo.ts';
import { createGateway, type GatewayState } from './connection/client.ts';
import { inviteLink, inviteToOneselfLink } from './connection/invite.ts';
import type { DiscordProblem } from './connection/problem.ts';
import type { Ready } from './connection/ready.ts';
import { registerCommands, removeStaleGuildCommands } from './connection/register.ts';
import type { DiscordRest } from './connection/rest.ts';
import { createConversations } from './conversations.ts';
import { createDeleting } from './deleting.ts';
import { createDms } from './dms.ts';
import { createForgettingButtons } from './forgetting.ts';
import { createForms } from './forms.ts';
import type { HandlerParts } from './handlers.ts';
import { createLocaleOf } from './incoming/locales.ts';
import { discordLink } from './incoming/pictureLinks.ts';
import { createRouter } from './incoming/router.ts';
import type { ObserveDiscord } from './observe.ts';
import { createPlacing } from './placing.ts';
import { createCopies } from './posting/copies.ts';
import { alertMessage } from './text/adminAlerts.ts';
import { actsMessage } from './text/adminLog.ts';
import { createVideos } from './videos.ts';
import { createWaysOut } from './waysOut.ts';

export interface DiscordOptions {
  readonly token: string;
  /** Default Discord's own; e.g. `http://127.0.0.1:PORT/api`. */
  readonly apiUrl?: string | undefined;
  /** For the answers; `Replies` has the same. Closed with `stop`. */
  readonly rest: DiscordRest;
  /** Posts the copies of videos; the same that posts the videos. */
  readonly replies: Pick<Replies, 'deliver'>;
  readonly actions: Actions;
  readonly steering: Steering;
  readonly limits: AdminParts['limits'];
  readonly spent: AdminParts['spent'];
  readonly accounting: Accounting;
  readonly redelivery: Redelivery;
  /** Draws what was spent. */
  readonly draw: DrawChart;
  /** What is offered and how; after a change of the models call `refreshCommands`. */
  readonly house: House;
  readonly ruling: Ruling;
  /** Keeps what admins did until it is told. */
  readonly lines: Pick<Lines, 'add'>;
  readonly reporting: Reporting;
  readonly adminUserIds: readonly string[];
  /** A page of the operator's about what is kept. Default: none. */
  readonly privacyUrl?: string | null;
  /** Whether links to kept videos are given out; default: no. */
  readonly hasLinks?: boolean;
  readonly admin: AdminView;
  /** Small facts that outlive a restart, as in the store. */
  readonly recall: (key: string) => Promise<string | null>;
  readonly remember: (key: string, value: string) => Promise<void>;
  /** Up to where direct messages are settled, as in the store. */
  readonly conversations: Pick<JobStore, 'noteConversation' | 'findConversation' | 'conversations'>;
  readonly observe?: ObserveDiscord;
  /** The connection is lost for good: the process has to end with the problem's sentence. */
  readonly fatal?: (problem: DiscordProblem) => void;
  /** Wall clock and never-jumping clock in ms. */
  readonly now?: () => number;
  readonly monotonic?: () => number;
}

export interface Discord {
  /**
   * Resolves once connected, or stopped before that. Where Discord cannot be reached it goes on
   * trying. Throws a DiscordProblem (one sentence for the operator) where trying is no use.
   */
  start(): Promise<void>;
  /** Disconnects, then ends what is being answered; within about 3 s. */
  stop(): Promise<void>;
  state(): GatewayState;
  /** Sends the commands where they differ from what was sent before. */
  refreshCommands(): Promise<void>;
  /** Tells those whom it concerns: in their audit channel, else the bot's admins one by one. */
  readonly tell: TellingParts['tell'];
  /** Writes down for admins what one of them did, where they have a channel for it. */
  noteAct(act: Act): void;
  /** Posts such lines, in one channel. */
  readonly tellLines: LinesParts['tell'];
  /** To add the bot to a server, and to oneself; null before the first connection. */
  inviteLinks(): { readonly invite: string; readonly inviteToOneself: string } | null;
}

const ANSWER_WITHIN_MS = 1_000;

export function createDiscord(options: DiscordOptions): Discord {
  const { actions, adminUserIds, house, recall, remember } = options;
  const models = house.modelsIn.bind(house);
  const observe = options.observe ?? (() => {});
  const now = options.now ?? Date.now;
  const { rest } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const closing = new AbortController();
  const handling = new Set<Promise<void>>();
  let ready: Ready | null = null;
  let takesNew = true;
  let registering: Promise<void> = Promise.resolve();

  const answers = createAnswers({ rest, observe, signal });
  const linkOf: HandlerParts['linkOf'] = ({ url, proxyUrl }) =>
    [url, proxyUrl].find((link) => link !== null && discordLink(link, options.apiUrl)) ?? null;
  const parts = { actions, answers, adminUserIds, linkOf };
  const monotonic = options.monotonic ?? (() => performance.now());
  const postCopy = createCopies(options.replies);
  const privacyUrl = options.privacyUrl ?? null;
  const hasLinks = options.hasLinks ?? false;
  const videos = createVideos({ ...parts, privacyUrl, hasLinks, postCopy, monotonic, signal });
  const forgetting = createForgettingButtons(parts);
  const localeOf = createLocaleOf(actions);
  const waysOut = createWaysOut(parts);
  const forms = createForms({ ...parts, models, waysOut });
  const deleting = createDeleting({ ...parts, rest, observe, monotonic, signal });
  const jobPages = createJobPages({ answers, adminUserIds, steering: options.steering });
  const registration = {
    rest: rest.ordinary,
    models: () => models(null),
    recall,
    remember,
    observe,
  };

  const gateway = createGateway({
    token: options.token,
    apiUrl: options.apiUrl,
    interaction: (raw) => take(() => router.interaction(raw)),
    message: (raw) => take(() => router.message(raw)),
    ready(said) {
      ready = said;
      void refreshCommands();
      if (said.hearsDirectMessages) take(conversations.readUp);
    },
    fatal: options.fatal ?? (() => {}),
    observe,
    now,
  });

  const botUserId = () => ready?.botUserId ?? null;
  const audit = createAudit({
    ...{ rest, house, adminUserIds, observe, botUserId, monotonic, signal },
  });
  const adminLog = createAdminLog({ lines: options.lines, house });
  const reports = createReports({
    ...{ ...parts, audit, house, reporting: options.reporting },
    ...{ rest, observe, botUserId, signal },
  });
  const admin = createAdmin({
    ...{ ...parts, now, admin: options.admin, steering: options.steering },
    ...{ house, ruling: options.ruling, audit },
    ...{ limits: options.limits, spent: options.spent },
    ...{ accounting: options.accounting, draw: options.draw, signal },
    ...{ redelivery: options.redelivery, postCopy },
    gateway: gateway.state,
  });
  const conversations = createConversations({
    ...{ store: options.conversations, rest, observe, now, signal: closing.signal },
    answer: createDms({
      ...{ ...parts, waysOut, localeOf, observe },
      botUserId,
    }),
  });
  const router = createRouter({
    commands: {
      veo: createVeo({ ...parts, forms, waysOut }),
      'veo-help': createHelp({ answers, models, privacyUrl }),
      videos: videos.command,
      'veo-admin': admin.command,
    },
    messageCommands: {
      [ANIMATE]: createAnimate({ ...parts, waysOut }),
      [REPORT]: reports.command,
    },
    completions: { 'veo-admin': admin.complete },
    press: createButtons({
      ...parts,
      forms,
      deleting,
      forgetting,
      waysOut,
      videos,
      monotonic,
      jobPages,
      reports,
    }),
    submit: (sent) => (reports.isIts(sent) ? reports.submit(sent) : forms.submit(sent)),
    placing: createPlacing({ house, rest, monotonic, signal }),
    directMessage: conversations.heard,
    met: ({ id, reply, requester }) => conversations.met(reply.channelId, requester.userId, id),
    answers,
    observe,
  });

  /** What rejects here is a bug: nobody catches it, and the process ends. */
  function take(handle: () => Promise<void>): void {
    if (!takesNew) return;
    const handled = handle();
    handling.add(handled);
    void handled.finally(() => handling.delete(handled));
  }

  /** One after the other, so that an older list never comes last. */
  function refreshCommands(): Promise<void> {
    registering = registering
      .catch(() => {})
      .then(async () => {
        if (ready === null || signal.aborted) return;
        await registerCommands(registration, ready.applicationId, signal);
        await removeStaleGuildCommands(registration, ready, signal);
      });
    return registering;
  }

  async function stop(): Promise<void> {
    // What still comes while the connection is closed is answered too; its video waits for the next start.
    await gateway.stop();
    takesNew = false;
    closing.abort();
    const enough = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const late = new Promise((resolve) => enough.addEventListener('abort', resolve));
    await Promise.race([Promise.allSettled(handling), late]);
    stopping.abort();
    rest.close();
  }

  return {
    start: gateway.start,
    stop,
    state: gateway.state,
    refreshCommands,
    tell: (alert, key) => audit.tell(alert.scope, alertMessage(alert), key),
    noteAct: adminLog.note,
    tellLines: (channelId, lines, more, key) =>
      audit.post(channelId, actsMessage(lines, more), key),
    inviteLinks() {
      if (ready === null) return null;
      const { applicationId: id } = ready;
      return { invite: inviteLink(id), inviteToOneself: inviteToOneselfLink(id) };
    },
  };
}
