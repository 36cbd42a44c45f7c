import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes a file so that whoever reads it finds the old content or the new, never a part; `draftDir` holds the draft. */
export async function writeAtomically(file: string, content: Buffer | string, draftDir: string): Promise<void> {
  await Promise.all([mkdir(dirname(file), { recursive: true }), mkdir(draftDir, { recursive: true })]);
  const draft = join(draftDir, randomUUID());
  try {
    await writeFile(draft, content);
    await moveInPlace(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

async function moveInPlace(draft: string, file: string): Promise<void> {
  try {
    await rename(draft, file);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    await moveAcrossDisks(draft, file);
  }
}

async function moveAcrossDisks(draft: string, file: string): Promise<void> {
  const near = `${file}.${randomUUID()}.draft`;
  try {
    await copyFile(draft, near);
    await rename(near, file);
  } finally {
    await rm(near, { force: true });
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
