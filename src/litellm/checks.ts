/** Whether videos can be paid for and made behind the proxy; by free calls only. */
import type { Finding } from '../jobs/finding.ts';
import type { Model } from '../jobs/model.ts';
import type { HttpOptions } from './http.ts';
import { askProxy, type ProxyReport } from './proxy.ts';

export async function checkProxy(
  options: HttpOptions,
  models: readonly Pick<Model, 'id'>[],
  signal: AbortSignal,
): Promise<Finding[]> {
  const report = await askProxy(options, signal);
  const { problem, version, offered } = report;
  if (problem !== null) return [{ what: partOf(report), verdict: 'wrong', says: problem }];
  const named = version === null ? '' : ` (LiteLLM ${version})`;
  return [
    { what: 'proxy', verdict: 'ok', says: `${options.base} answers${named} and takes our key.` },
    { what: 'Google key', verdict: 'ok', says: 'The one behind the proxy works.' },
    checkModels(
      models.map(({ id }) => id),
      offered ?? [],
    ),
  ];
}

function partOf({ keyAccepted, googleKeyWorks }: ProxyReport): string {
  if (googleKeyWorks === false) return 'Google key';
  return keyAccepted === false ? 'proxy key' : 'proxy';
}

function checkModels(wanted: readonly string[], offered: readonly string[]): Finding {
  const what = 'models';
  const missing = wanted.filter((id) => !offered.includes(id));
  if (missing.length === 0) return { what, verdict: 'ok', says: `Offered: ${wanted.join(', ')}.` };
  const says = `Not offered behind the proxy: ${missing.join(', ')}; leave them out of VIDEO_MODELS, or use a Google key that has them.`;
  return { what, verdict: missing.length === wanted.length ? 'wrong' : 'look', says };
}
