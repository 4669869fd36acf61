/** The settings of this process: the environment over `.env`, read once, or every mistake said. */
import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
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
  let file = {};
  try {
    file = parse(readFileSync('.env'));
  } catch (error) {
    // There need not be one: a container gets its environment otherwise.
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT') throw new ConfigProblem([`.env cannot be read (${code}).`]);
  }
  // An empty variable means "not set" and hides nothing.
  const set = Object.entries(process.env).filter(
    ([, value]) => value !== undefined && value.trim() !== '',
  );
  return { ...file, ...Object.fromEntries(set) };
}
