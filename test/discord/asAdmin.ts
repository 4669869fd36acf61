/** The three kinds of people who type `/veo-admin`, and what they are told. */
import assert from 'node:assert/strict';
import type { Member, Message } from '../sandbox/discord/discord.ts';
import type { OptionValue } from '../sandbox/discord/people.ts';
import { type RunningPlan, running } from './running.ts';

type Options = Record<string, OptionValue>;

export async function withAdmins(plan: RunningPlan = {}) {
  const adminUserIds: string[] = [];
  const at = await running({ ...plan, adminUserIds });
  /** The bot's own. */
  const admin = at.sandbox.createMember({ name: 'eve', in: at.server });
  adminUserIds.push(admin.id);
  /** Of the server alone. */
  const owner = at.sandbox.createMember({ name: 'owner', in: at.server, admin: true });
  const member = at.ann;

  async function asks(who: Member, command: string, options: Options = {}): Promise<Message> {
    const typed = await who.types(`/veo-admin ${command}`, options, {
      in: at.channel,
      shownAll: true,
    });
    const reply = await typed.reply();
    assert.ok(reply.ephemeral);
    await reply.becomes(({ thinking }) => !thinking);
    return reply;
  }

  const says = async (who: Member, command: string, options: Options = {}) =>
    (await asks(who, command, options)).content;
  return { at, admin, owner, member, asks, says, [Symbol.asyncDispose]: () => at.stop() };
}
