/** Whose fault it is that something threw, and how it is called in a log. */

/**
 * Failures of the system, the database or the network have a code or a name of their own. What
 * JavaScript throws by itself, and a bare Error, is a mistake in this program.
 */
export function isFromOutside(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string') return !error.code.startsWith('ERR_');
  return !ours.has(error.name);
}
const ours = new Set(['Error', 'TypeError', 'RangeError', 'ReferenceError', 'SyntaxError']);

/** The name alone: a message could hold a prompt. */
export function wordFor(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name;
}
