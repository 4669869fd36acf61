/** What happened on the way to and from Discord; log and metrics listen. Never a token or prompt. */
export type DiscordEvent =
  | { readonly kind: 'gateway'; readonly what: GatewayChange; readonly how?: string }
  /** Discord did not take an acknowledgement or an answer; nothing more can be said there. */
  | { readonly kind: 'not answered'; readonly what: string; readonly how: string }
  /** Something outside failed while a command, press or message was handled. */
  | { readonly kind: 'not handled'; readonly what: string; readonly how: string }
  /** An interaction or message that has not the form Discord documents. */
  | { readonly kind: 'not understood'; readonly what: string }
  | { readonly kind: 'commands'; readonly what: 'registered' | 'unchanged' }
  | { readonly kind: 'commands'; readonly what: 'not registered'; readonly how: string }
  | { readonly kind: 'stale commands removed'; readonly guildId: string; readonly count: number }
  /** 401, 403 and 429 pile up: 10,000 in 10 minutes and Discord bars this address. */
  | { readonly kind: 'many refusals'; readonly count: number };

export type GatewayChange =
  | 'connecting'
  | 'connected'
  | 'resumed'
  | 'lost'
  | 'error'
  | 'fatal'
  | 'stopped';

export type ObserveDiscord = (event: DiscordEvent) => void;
