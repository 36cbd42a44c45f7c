import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/** A moment from which on this process writes nothing more, as if it had been killed; disposing brings it back. */
export type PowerCut = Disposable & {
  /** Resolves at the cut; nothing that was under way goes on then. */
  readonly happens: Promise<'cut'>;
};

/** An operation that is about to change something on disk; they are numbered from 0. */
export type Change = { readonly number: number; readonly name: string; readonly args: readonly unknown[] };

/**
 * Cuts the power at the first operation that is meant; of a file that is being written then, half is there.
 * Meanwhile the process has a number that nobody has, so that what it leaves behind is a dead process's.
 */
export function cutPower(isMeant: (change: Change) => boolean): PowerCut {
  const cut = Promise.withResolvers<'cut'>();
  const nothingMore = new Promise<never>(() => {});
  const { pid } = process;
  let operations = 0;
  let isCut = false;
  const real = Object.fromEntries(CHANGING.map((name) => [name, fs[name]]));
  for (const name of CHANGING) {
    const change = real[name] as (...args: readonly unknown[]) => Promise<unknown>;
    Object.assign(fs, {
      async [name](...args: readonly unknown[]) {
        if (isCut) return nothingMore;
        isCut = isMeant({ number: operations++, name, args });
        if (!isCut) return change(...args);
        if (name === 'writeFile') await writeHalf(change, args);
        cut.resolve('cut');
        return nothingMore;
      },
    });
  }
  syncBuiltinESMExports();
  Object.defineProperty(process, 'pid', { value: nobody++, configurable: true });
  return {
    happens: cut.promise,
    [Symbol.dispose]() {
      Object.assign(fs, real);
      syncBuiltinESMExports();
      Object.defineProperty(process, 'pid', { value: pid, configurable: true });
    },
  };
}

/** Lets the disk be full, or the folder belong to somebody else, from the operation of this number on; until disposed. */
export function failWritesFrom(number: number, code: 'ENOSPC' | 'EROFS'): Disposable {
  let operations = 0;
  const real = Object.fromEntries(CHANGING.map((name) => [name, fs[name]]));
  for (const name of CHANGING) {
    const change = real[name] as (...args: readonly unknown[]) => Promise<unknown>;
    Object.assign(fs, {
      async [name](...args: readonly unknown[]) {
        // A full disk lets go of files, and gives them other names.
        const isFree = code === 'ENOSPC' && ['rm', 'rmdir', 'unlink', 'rename', 'utimes'].includes(name);
        if (isFree || operations++ < number) return change(...args);
        if (name === 'writeFile' && code === 'ENOSPC') await writeHalf(change, args);
        throw Object.assign(new Error(`${code}: ${WORDS[code]}, ${name} '${String(args[0])}'`), {
          code,
          syscall: name,
        });
      },
    });
  }
  syncBuiltinESMExports();
  return {
    [Symbol.dispose]() {
      Object.assign(fs, real);
      syncBuiltinESMExports();
    },
  };
}

const WORDS = { ENOSPC: 'no space left on device', EROFS: 'read-only file system' };

async function writeHalf(
  write: (...args: readonly unknown[]) => Promise<unknown>,
  [file, content, ...options]: readonly unknown[],
): Promise<void> {
  const bytes = Buffer.from(content as string | Buffer);
  await write(file, bytes.subarray(0, bytes.length / 2), ...options).catch(() => {});
}

const CHANGING = [
  'writeFile',
  'appendFile',
  'rename',
  'rm',
  'rmdir',
  'unlink',
  'mkdir',
  'mkdtemp',
  'copyFile',
  'link',
  'symlink',
  'utimes',
] as const;
/** Beyond what Linux, macOS and Windows hand out. */
let nobody = 2 ** 22 + 1;
