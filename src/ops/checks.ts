/** Whether the ops server can be opened, and what can be told of the way in from outside. */
import type { Finding } from '../jobs/finding.ts';
import { isPrivateWay } from './hookAddress.ts';
import { createOps, OpsProblem } from './server.ts';

interface At {
  readonly host: string;
  readonly port: number;
}

/** Null: the operator wants none. To be asked only while no bot runs, which would have the port. */
export async function checkOpsPort(at: At | null): Promise<Finding> {
  const what = 'health checks';
  if (at === null) return { what, verdict: 'ok', says: 'Turned off by OPS_PORT=0.' };
  const ops = createOps({ ...at, checks: () => ({}), ready: () => ({}) });
  try {
    await ops.start();
    const free = `Port ${at.port} on ${at.host} is free for them`;
    const open = isLoopback(at.host)
      ? '.'
      : '; who reaches it can read the sums of money in /metrics.';
    return { what, verdict: 'ok', says: `${free}${open}` };
  } catch (error) {
    if (!(error instanceof OpsProblem)) throw error;
    return { what, verdict: 'wrong', says: error.message };
  } finally {
    await ops.stop();
  }
}

function isLoopback(host: string): boolean {
  return /^(localhost|::1|127(\.\d+){3})$/i.test(host);
}

export function checkPublicUrl(publicUrl: string | null, at: At | null): Finding {
  const what = 'PUBLIC_URL';
  if (publicUrl === null) {
    return {
      what,
      verdict: 'ok',
      says: 'Not set: videos are waited for by looking, and there are no links to them.',
    };
  }
  const unused =
    'Set but not used: videos are waited for by looking, and there are no links to them, for';
  if (at === null) return { what, verdict: 'look', says: `${unused} OPS_PORT is 0.` };
  if (!isPrivateWay(publicUrl)) {
    return { what, verdict: 'look', says: `${unused} it does not begin with https://.` };
  }
  // Without a user or password that may stand in it.
  const { origin, pathname } = new URL(publicUrl);
  const base = `${origin}${pathname.replace(/\/+$/, '')}`;
  const says = `Not checked from here: whether ${base}/hooks/ and ${base}/videos/ lead to port ${at.port} from outside. While the bot runs, ${base}/videos/x opened from elsewhere should say that the link has run out, and a POST to ${base}/hooks/x be answered with 404.`;
  return { what, verdict: 'look', says };
}
