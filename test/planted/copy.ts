/** A copy of the project in which one thing at a time is wrong. */
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type PlantedFault, withFault } from './fault.ts';

const parts = ['src', 'test', 'package.json', 'tsconfig.json', 'biome.json'];

export class Copy {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<Copy> {
    const folder = await mkdtemp(join(tmpdir(), 'veo-planted-'));
    for (const part of parts) await cp(part, join(folder, part), { recursive: true });
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    return new Copy(folder);
  }

  /** The fault is there while `work` runs. */
  async with<T>(fault: PlantedFault, work: () => Promise<T>): Promise<T> {
    const path = join(this.folder, fault.file);
    const source = await readFile(path, 'utf8');
    await writeFile(path, withFault(source, fault));
    try {
      return await work();
    } finally {
      await writeFile(path, source);
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
