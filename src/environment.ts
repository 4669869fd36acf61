/** The settings of this process: the environment over `.env`, read once, or every mistake said. */
import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { names } from './config/variables.ts';
import { type Config, ConfigProblem, type Environment, readConfig } from './config.ts';

/** Null after every mistake was printed and the exit code set. */
export function configOrExit(): Config | null {
  try {
    return readConfig(environment());
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    const { mistakes } = error;
    const many = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
    console.error(`The configuration has ${many}:\n${mistakes.map((m) => `- ${m}`).join('\n')}`);
    process.exitCode = 1;
    return null;
  }
}

/** `.env` in the working directory, under what the environment itself says. @throws ConfigProblem */
export function environment(): Environment {
  const file = inFile();
  // An empty variable means "not set" and hides nothing.
  const set = Object.entries(process.env).filter(
    ([, value]) => value !== undefined && value.trim() !== '',
  );
  return { ...file, ...Object.fromEntries(set) };
}

/** Names in `.env`, which is ours, that neither the bot nor what runs beside it reads. @throws ConfigProblem */
export function unknownInFile(): string[] {
  const besides = /^(GEMINI_API_KEY|LITELLM_MASTER_KEY|WITH_FFMPEG|COMPOSE_|DOCKER_|NODE_)/;
  return Object.keys(inFile()).filter((name) => !names.includes(name) && !besides.test(name));
}

function inFile(): Record<string, string> {
  const text = textOfFile();
  // What dotenv takes for a comment; others want a blank before it.
  const cut = [
    ...text.matchAll(/^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=[ \t]*[^'"`#\s][^#\r\n]*(?<=\S)#/gm),
  ];
  if (cut.length > 0) {
    throw new ConfigProblem(
      cut.map(
        ([, name]) =>
          `${name} in .env holds a "#", which begins a comment: put the value in quotes.`,
      ),
    );
  }
  return parse(text);
}

function textOfFile(): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync('.env');
  } catch (error) {
    // There need not be one: a container gets its environment otherwise.
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return '';
    const says = `.env cannot be read (${code}): let this user read it, or move it away where the settings come from elsewhere.`;
    throw new ConfigProblem([says]);
  }
  if (bytes.includes(0)) throw new ConfigProblem(['.env is saved as UTF-16: save it as UTF-8.']);
  return bytes.toString('utf8');
}
