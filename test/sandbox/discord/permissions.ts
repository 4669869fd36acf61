/** Bits of Discord's permissions that matter here. */
const BITS = {
  administrator: 1n << 3n,
  manageServer: 1n << 5n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readMessageHistory: 1n << 16n,
  mentionEveryone: 1n << 17n,
  connect: 1n << 20n,
  useCommands: 1n << 31n,
  manageThreads: 1n << 34n,
  sendMessagesInThreads: 1n << 38n,
  useExternalApps: 1n << 50n,
} as const;

export type Permission = keyof typeof BITS;
/** Named permissions, true where granted. */
export type Permissions = Record<Permission, boolean>;

const EVERYBODY: Permissions = {
  administrator: false,
  manageServer: false,
  viewChannel: true,
  sendMessages: true,
  manageMessages: false,
  embedLinks: true,
  attachFiles: true,
  readMessageHistory: true,
  mentionEveryone: true,
  connect: true,
  useCommands: true,
  manageThreads: false,
  sendMessagesInThreads: true,
  useExternalApps: true,
};

/** What everybody may by default, changed by what was said. */
export function permissions(said: Partial<Permissions> = {}): Permissions {
  return { ...EVERYBODY, ...said };
}

/** As Discord writes them: a decimal string of a bit field. */
export function permissionBits(granted: Permissions, all = false): string {
  let bits = 0n;
  for (const [name, bit] of Object.entries(BITS))
    if (all || granted[name as Permission]) bits |= bit;
  return bits.toString();
}

/** Whether the bits of a command's `default_member_permissions` are all granted. */
export function grants(granted: string, wanted: string): boolean {
  return (BigInt(granted) & BigInt(wanted)) === BigInt(wanted);
}
