/** The addresses with which a bot is added: to a server, with the rights that its work needs, and to oneself. */
import {
  ApplicationIntegrationType,
  OAuth2Scopes,
  PermissionFlagsBits,
  PermissionsBitField,
} from 'discord.js';

/** What its work needs in a server, by the names that Discord's settings show. */
const rights: readonly (readonly [name: string, bit: bigint])[] = [
  ['View Channels', PermissionFlagsBits.ViewChannel],
  ['Send Messages', PermissionFlagsBits.SendMessages],
  ['Send Messages in Threads', PermissionFlagsBits.SendMessagesInThreads],
  ['Attach Files', PermissionFlagsBits.AttachFiles],
  // To look for a video that may have been posted already.
  ['Read Message History', PermissionFlagsBits.ReadMessageHistory],
];

/** @param granted as Discord writes them, a decimal number of bits */
export function missingRights(granted: string): string[] {
  const has = new PermissionsBitField(BigInt(granted));
  return rights.filter(([, bit]) => !has.has(bit)).map(([name]) => name);
}

export function inviteLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '),
    permissions: new PermissionsBitField(rights.map(([, bit]) => bit)).bitfield.toString(),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/**
 * For its use in every server and conversation of one person, who needs no right anywhere.
 * Source: Discord's documentation of OAuth2, `integration_type`, 2026-08.
 */
export function inviteToOneselfLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    integration_type: String(ApplicationIntegrationType.UserInstall),
    scope: OAuth2Scopes.ApplicationsCommands,
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
