/**
 * `npm run test:proxy`: the whole bot through a real LiteLLM proxy, with no account. Apart from
 * `npm test`, because the proxy is Python, 700 MB, and comes from the network the first time.
 */
import { spawn } from 'node:child_process';
import { installLiteLlm } from './environment.ts';

await installLiteLlm();
const tests = spawn(
  process.execPath,
  [
    '--test',
    '--test-timeout=180000',
    // A proxy takes a whole core while it starts.
    '--test-concurrency=1',
    ...process.argv.slice(2),
    'test/proxy/*.proxy.ts',
  ],
  { stdio: 'inherit' },
);
tests.once('close', (code) => {
  process.exitCode = code ?? 1;
});
