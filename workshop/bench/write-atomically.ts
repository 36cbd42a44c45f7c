import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

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
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await rename(draft, file);
    } catch (error) {
      if (codeOf(error) === 'EXDEV') return moveAcrossDisks(draft, file);
      if (!isHeldOpen(error) || performance.now() > deadline) throw error;
      await delay(pollMs);
    }
  }
}

// Windows refuses to replace a file while an editor or a virus scanner has it open, mostly for a moment.
function isHeldOpen(error: unknown): boolean {
  return process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(String(codeOf(error)));
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

const patienceMs = 2_000;
const pollMs = 20;
