import { readFile, realpath, statfs } from 'node:fs/promises';

export interface FileSystem {
  /** The magic number of statfs(2). */
  readonly type: number;
  /** What the kernel calls the mount, e.g. `ext4` or `fuse.sshfs`; null where it does not say. */
  readonly mount: string | null;
}

export type Verdict =
  | { readonly kind: 'fine' }
  | { readonly kind: 'doubtful'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string };

/** Locks and shared memory do not reach across these, or only until the first hiccup. */
const networkShares: ReadonlyMap<number, string> = new Map([
  [0x00006969, 'NFS'],
  [0x0000517b, 'SMB'],
  [0xff534d42, 'SMB'], // cifs
  [0xfe534d42, 'SMB'], // smb2
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x73757245, 'Coda'],
]);

const fuse = 0x65735546;
const remoteFuse = /^fuse\.(sshfs|rclone|s3fs|gcsfuse|glusterfs|goofys|curlftpfs|davfs|blobfuse2?)/;

const doubtful: ReadonlyMap<number, string> = new Map([
  [0x01021997, 'is a 9p share of another system'],
  [0x786f4256, 'is a VirtualBox share'],
  [0x01021994, 'is kept in memory and gone after a restart of the machine'], // tmpfs
]);

/** Whether SQLite's locks and its write-ahead log can be trusted there. */
export function judge({ type, mount }: FileSystem): Verdict {
  const share = networkShares.get(type);
  if (share) return { kind: 'refused', why: `is a network share (${share})` };
  if (type === fuse) {
    const name = mount ?? 'fuse';
    if (remoteFuse.test(name)) return { kind: 'refused', why: `is a network share (${name})` };
    return { kind: 'doubtful', why: `is served by a program (${name})` };
  }
  const why = doubtful.get(type);
  return why ? { kind: 'doubtful', why } : { kind: 'fine' };
}

/** Null where the system has no such numbers (they mean something only on Linux). */
export async function fileSystemOf(folder: string): Promise<FileSystem | null> {
  if (process.platform !== 'linux') return null;
  const { type } = await statfs(folder);
  // 32 bits, but signed on some machines.
  return { type: type >>> 0, mount: await mountOf(await realpath(folder)) };
}

async function mountOf(path: string): Promise<string | null> {
  const table = await readFile('/proc/self/mounts', 'utf8').catch(() => '');
  let best = { point: '', kind: null as string | null };
  for (const line of table.split('\n')) {
    const [, raw, kind] = line.split(' ');
    if (!raw || !kind) continue;
    const point = raw.replace(/\\([0-7]{3})/g, (_, octal) =>
      String.fromCharCode(parseInt(octal, 8)),
    );
    const holds = point === '/' || path === point || path.startsWith(`${point}/`);
    // Of two mounts on one point the later one is seen.
    if (holds && point.length >= best.point.length) best = { point, kind };
  }
  return best.kind;
}
