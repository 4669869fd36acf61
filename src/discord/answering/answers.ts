/** The ways to answer, over REST. What Discord does not take is observed, never thrown. */
import { Routes } from 'discord.js';
import { backoff } from '../../jobs/lanes/delays.ts';
import type { AckOutcome } from '../../jobs/ports/replies.ts';
import { sortFailure } from '../connection/errors.ts';
import { pause } from '../connection/pause.ts';
import type { DiscordRest } from '../connection/rest.ts';
import type { Answers } from '../handlers.ts';
import type { ObserveDiscord } from '../observe.ts';
import { originalRoute } from '../posting/readback.ts';
import {
  type AnswerOutcome,
  acknowledge,
  acknowledgePress,
  answerPrivately,
  answerWithChoices,
  answerWithForm,
  followUpPrivately,
} from './acknowledge.ts';
import { answerLate } from './lateAnswers.ts';

export interface AnswersParts {
  readonly rest: DiscordRest;
  readonly observe: ObserveDiscord;
  /** Ends what is on its way when the process stops. */
  readonly signal: AbortSignal;
}

const DM_WITHIN_MS = 60_000;

export function createAnswers({ rest, observe, signal }: AnswersParts): Answers {
  function note(what: string, outcome: AnswerOutcome | AckOutcome): void {
    if (outcome.kind === 'answered' || outcome.kind === 'acknowledged') return;
    observe({ kind: 'not answered', what, how: outcome.how });
  }

  return {
    async takeWithNewMessage({ reply }, job, seenByOne) {
      const withJob = job === undefined ? {} : { job };
      const ephemeral = seenByOne ?? job?.reply.ephemeral ?? false;
      const outcome = await acknowledge(rest, reply, { ephemeral, ...withJob }, signal);
      note('acknowledgement', outcome);
      return outcome;
    },
    async takeOnItsMessage({ message }, job) {
      const outcome = await acknowledgePress(rest, message, job, signal);
      note('acknowledgement of a press', outcome);
      return outcome;
    },
    async privately({ reply }, message) {
      const body = typeof message === 'string' ? { content: message } : message;
      note('private answer', await answerPrivately(rest, reply, body, signal));
    },
    async privatelyLater({ reply }, make) {
      const taken = await acknowledge(rest, reply, { ephemeral: true }, signal);
      note('acknowledgement', taken);
      if (taken.kind === 'not ours') return;
      const message = await make();
      if (message === null) return;
      const body = typeof message === 'string' ? { content: message } : message;
      note('late answer', await answerLate(rest, reply, body, signal));
    },
    async offer({ reply }, choices) {
      note('choices', await answerWithChoices(rest, reply, choices, signal));
    },
    async openForm({ reply }, form) {
      note('form', await answerWithForm(rest, reply, form, signal));
    },
    async privatelyInAnyCase({ reply }, content) {
      const first = await answerPrivately(rest, reply, { content }, signal);
      if (first.kind === 'answered') return;
      note('private answer', await followUpPrivately(rest, reply, { content }, signal));
    },
    async privatelyAfterwards({ reply }, message) {
      const body = typeof message === 'string' ? { content: message } : message;
      note('private follow-up', await followUpPrivately(rest, reply, body, signal));
    },
    async updateItsMessage({ message }, body) {
      try {
        await rest.ordinary.patch(originalRoute(message), { auth: false, body, signal });
      } catch (error) {
        observe({ kind: 'not answered', what: 'update', how: sortFailure(error).how });
      }
    },
    async toDirectMessage({ channelId, messageId }, body) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(DM_WITHIN_MS)]);
      for (let attempt = 1; ; attempt += 1) {
        try {
          await rest.deliveries.post(Routes.channelMessages(channelId), {
            body: {
              ...body,
              message_reference: { message_id: messageId, fail_if_not_exists: false },
              // An event that comes twice, to this process or another one, is answered once.
              nonce: `dm${messageId}`,
              enforce_nonce: true,
            },
            signal: limit,
          });
          return true;
        } catch (error) {
          const failure = sortFailure(error);
          // Several texts in a row are more than Discord takes at once: each has its answer all the
          // same. By the nonce it is one answer, also where only what Discord said to it was lost.
          const mayPass = failure.kind === 'later' || failure.kind === 'no answer';
          const asked = failure.kind === 'later' ? (failure.retryAfterMs ?? undefined) : undefined;
          if (mayPass && (await pause(backoff(attempt, Math.random, asked), limit))) continue;
          observe({ kind: 'not answered', what: 'direct message', how: failure.how });
          return !mayPass;
        }
      }
    },
  };
}
