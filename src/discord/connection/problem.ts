/** What only the operator can repair: each is one sentence that says what to change. */
export class DiscordProblem extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'DiscordProblem';
  }
}

const portal = 'https://discord.com/developers/applications';

export function tokenRefused(): DiscordProblem {
  return new DiscordProblem(
    `Discord refuses the bot token: set DISCORD_TOKEN to the token shown at ${portal} under Bot (after "Reset Token" the old one is dead).`,
  );
}

export function tokenMissing(): DiscordProblem {
  return new DiscordProblem(
    `There is no bot token: set DISCORD_TOKEN to the one shown at ${portal} under Bot.`,
  );
}

export function intentsRefused(): DiscordProblem {
  return new DiscordProblem(
    `Discord refuses the intents of this bot though it asks for none that needs approval: check at ${portal} under Bot that the application is not disabled or limited.`,
  );
}

export function shardingNeeded(): DiscordProblem {
  return new DiscordProblem(
    'Discord says the bot is in too many servers for one connection: restart it, so that it asks anew how many connections to open.',
  );
}

export function versionRefused(code: number): DiscordProblem {
  return new DiscordProblem(
    `Discord refuses the way this bot connects (gateway close code ${code}): update the bot to a newer version.`,
  );
}

export function sessionEnded(): DiscordProblem {
  return new DiscordProblem(
    'Discord ended the session for good: check that DISCORD_TOKEN is still valid, then restart the bot.',
  );
}

/** Gateway close codes after which connecting again would be refused in the same way. */
export function problemOfCloseCode(code: number): DiscordProblem | null {
  switch (code) {
    case 4004:
      return tokenRefused();
    case 4013:
    case 4014:
      return intentsRefused();
    case 4010:
    case 4011:
      return shardingNeeded();
    case 4012:
      return versionRefused(code);
    default:
      return null;
  }
}
