/** The addresses with which a bot is added: to a server, with the rights that its work needs, and to oneself. */
import {
  ApplicationIntegrationType,
  OAuth2Scopes,
  PermissionFlagsBits,
  PermissionsBitField,
} from 'discord.js';

export function inviteLink(applicationId: string): string {
  const rights = new PermissionsBitField([
    PermissionFlagsBits.ViewChannel,
    PermissionFlagsBits.SendMessages,
    PermissionFlagsBits.SendMessagesInThreads,
    PermissionFlagsBits.AttachFiles,
    // To look for a video that may have been posted already.
    PermissionFlagsBits.ReadMessageHistory,
  ]);
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '),
    permissions: rights.bitfield.toString(),
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
