import type { Author } from './message.ts';
import { permissionBits, permissions } from './permissions.ts';
import type { Server } from './places.ts';
import { channelJson, guildMemberJson, type Json } from './wire.ts';

function rolesJson(server: Server): Json[] {
  return [
    {
      id: server.id,
      name: '@everyone',
      permissions: permissionBits(permissions()),
      position: 0,
      color: 0,
      colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
      hoist: false,
      managed: false,
      mentionable: false,
      icon: null,
      unicode_emoji: null,
      flags: 0,
    },
  ];
}

export function serverJson(server: Server): Json {
  return {
    id: server.id,
    name: server.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: [],
    banner: null,
    owner_id: server.id,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: rolesJson(server),
    default_message_notifications: 1,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: server.boostLevel,
    premium_subscription_count: 0,
    preferred_locale: server.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  };
}

/** As the bot's list of servers has it. */
export function myServerJson(server: Server): Json {
  return {
    id: server.id,
    name: server.name,
    icon: null,
    banner: null,
    owner: false,
    permissions: permissionBits(server.botMay),
    features: [],
  };
}

/** As GUILD_CREATE has it. */
export function serverCreateJson(server: Server, bot: Author): Json {
  const here = server.channels.filter((channel) => !channel.deleted);
  return {
    ...serverJson(server),
    joined_at: server.joinedAt,
    large: false,
    unavailable: false,
    member_count: server.members.size + 1,
    members: [guildMemberJson(bot, server.joinedAt)],
    channels: here.filter((channel) => !channel.isThread).map(channelJson),
    threads: here.filter((channel) => channel.isThread && channel.botSees).map(channelJson),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
