/** A real LiteLLM proxy as a process of its own, in front of a stand-in for Google. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installLiteLlm } from './environment.ts';

/** It takes 4 to 7 s on a quiet machine. */
const READY_WITHIN_MS = 90_000;
const ASK_EVERY_MS = 100;

export interface LiteLlmOptions {
  /** Where it believes Google is, e.g. `google.upstreamUrl` of the stand-in. */
  readonly upstreamUrl: string;
  /** Without one it takes any key. */
  readonly masterKey?: string;
  /** A free one unless told; told, it can be started again where it was. */
  readonly port?: number;
}

export interface LiteLlm {
  /** For `LITELLM_BASE_URL`. */
  readonly url: string;
  readonly port: number;
  /** SIGKILL: what is under way ends in the middle. */
  kill(): Promise<void>;
  /** SIGTERM: what is under way is answered first. */
  stop(): Promise<void>;
  /** Everything it printed. */
  output(): string;
  /** What its loggers were given, one for each call that went well. */
  logged(): Promise<readonly Logged[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** As it goes into the proxy's own spend log. */
export interface Logged {
  readonly tags: readonly string[];
  /** Where at Google the call went. */
  readonly url: string;
}

/** A logger beside the one that writes the spend log, which would need a database of the proxy's. */
const recorder = `
import json, os
from litellm.integrations.custom_logger import CustomLogger

class Recorder(CustomLogger):
    async def async_log_success_event(self, kwargs, response_obj, start_time, end_time):
        logged = kwargs.get("standard_logging_object") or {}
        passed = kwargs.get("passthrough_logging_payload") or {}
        line = {"tags": logged.get("request_tags") or [], "url": passed.get("url") or ""}
        with open(os.environ["LOGGED_TO"], "a") as log:
            log.write(json.dumps(line) + "\\n")

recorder = Recorder()
`;

/** Resolves once it answers. @throws with what it printed when it ends before that */
export async function startLiteLlm(options: LiteLlmOptions): Promise<LiteLlm> {
  const program = await installLiteLlm();
  const folder = await mkdtemp(join(tmpdir(), 'litellm-'));
  const config = join(folder, 'config.yaml');
  const loggedTo = join(folder, 'logged.jsonl');
  await writeFile(config, configFile(options.masterKey));
  await writeFile(join(folder, 'recorder.py'), recorder);
  await writeFile(loggedTo, '');
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    program,
    ['--host', '127.0.0.1', '--port', String(port), '--config', config],
    {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '',
        HOME: folder,
        GEMINI_API_KEY: 'the-google-key-of-the-proxy',
        GEMINI_API_BASE: options.upstreamUrl,
        // Without it the price list is fetched from the internet.
        LITELLM_LOCAL_MODEL_COST_MAP: 'True',
        LOGGED_TO: loggedTo,
        LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY: 'true',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = once(child, 'close').then(() => rm(folder, { recursive: true, force: true }));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  try {
    await answers(url, child);
  } catch (error) {
    await end('SIGKILL');
    throw new Error(`LiteLLM did not start:\n${output}`, { cause: error });
  }
  return {
    url,
    port,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    output: () => output,
    logged: async () => {
      const lines = (await readFile(loggedTo, 'utf8')).split('\n').filter((line) => line !== '');
      return lines.map((line) => JSON.parse(line) as Logged);
    },
    [Symbol.asyncDispose]: () => end('SIGKILL'),
  };
}

function configFile(masterKey: string | undefined): string {
  const settings = masterKey === undefined ? {} : { general_settings: { master_key: masterKey } };
  // JSON is YAML.
  const logging = { litellm_settings: { callbacks: ['recorder.recorder'] } };
  return JSON.stringify({ model_list: [], ...logging, ...settings });
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const limit = AbortSignal.timeout(READY_WITHIN_MS);
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended');
    try {
      const answer = await fetch(`${url}/health/liveliness`, { signal: limit });
      await answer.text();
      if (answer.status === 200) return;
    } catch {
      limit.throwIfAborted();
    }
    await sleep(ASK_EVERY_MS);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
