/**
 * What a member does. Each story is told anew to every process: it does what was not done yet,
 * goes as far as it can, and gives up when the process dies or everything is over.
 */
import type { Interaction, Message } from '../sandbox/discord/discord.ts';
import type { Stage } from './stage.ts';

export type Story = (stage: Stage) => Promise<void>;

const SECOND_JOB_WITHIN_MS = 5_000;

/** Types /veo, once; in a direct message writes, and presses the button that starts it. */
export const asks: Story = async (stage) => {
  const { member, channel, prompt, place } = stage;
  if (place === 'direct message') return asksDirectly(stage);
  if (stage.command !== null) return;
  const userInstall = place === 'user install';
  stage.command = await member.types('/veo', { prompt }, { in: channel, userInstall });
};

async function asksDirectly(stage: Stage): Promise<void> {
  const { member, channel, prompt } = stage;
  if (!stage.wrote) {
    stage.wrote = true;
    member.says(prompt, { in: channel });
    await stage.untilDead(() => stage.reply !== null);
  }
  // Without an offer it was lost with the process: nothing was promised and nothing paid.
  if (stage.reply === null || isTaken(stage.presses.at(-1))) return;
  await presses(stage, stage.reply, 'Make it');
  // The first press's job may be given up while this one is taken; then another follows at once.
  const soon = performance.now() + SECOND_JOB_WITHIN_MS;
  const mayEnd = ['received', 'cancelled'];
  const isAlive = (): boolean => stage.rows().some(({ state }) => !mayEnd.includes(state));
  await stage.untilDead(() => isAlive() || performance.now() > soon);
}

/** Cancels as soon as it is being made; presses again as long as the button is there. */
export const cancels: Story = async (stage) => {
  await asks(stage);
  if (await stage.until(() => isBeingMade(stage.reply) && hasButton(stage.reply, 'Cancel'))) {
    await presses(stage, stage.reply, 'Cancel');
  }
};

/**
 * The tokens run out while it is being made; only then it is finished. Where it may have been posted
 * and nobody can read whether, it is kept, and the member asks for it.
 */
export const outlivesItsToken: Story = async (stage) => {
  await asks(stage);
  if (!stage.tokensExpired) {
    if (!(await stage.until(() => isBeingMade(stage.reply)))) return;
    stage.tokensExpired = true;
    stage.world.discord.expireTokens();
  }
  stage.operation?.finish();
  await stage.over();
  const isKept = (): boolean => stage.rows().some(({ state }) => state === 'undelivered');
  if (!isKept()) return;
  await presses(stage, stage.reply, 'Show result');
  await stage.untilDead(() => !isKept());
};

async function presses(stage: Stage, message: Message | null, button: string): Promise<void> {
  if (message === null || !hasButton(message, button)) return;
  const press = await stage.member.presses(message, button);
  stage.presses.push(press);
  await stage.untilDead(() => isTaken(press));
}

function isTaken(interaction: Interaction | undefined): boolean {
  return interaction?.acknowledgement !== undefined;
}

function isBeingMade(message: Message | null): boolean {
  return message?.content.includes('Being made') ?? false;
}

function hasButton(message: Message | null, label: string): boolean {
  return message?.buttons.some((button) => button.label.startsWith(label)) ?? false;
}
