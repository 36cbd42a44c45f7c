import { watch } from 'chokidar';

/** A watcher that is running; disposing ends it. */
export type FileWatcher = AsyncDisposable;

/**
 * Tells when something below a folder has changed, also when the folder itself goes and comes back. Editors save by
 * renaming, or twice: what comes within a moment counts as one.
 */
export async function watchFiles(dir: string, onChange: () => void): Promise<FileWatcher> {
  const watcher = watch(dir, {
    ignoreInitial: true,
    ignored: (path) => /[\\/](node_modules|\.git)([\\/]|$)/.test(path.slice(dir.length)),
  });
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, SETTLE_MS);
  });
  // A folder that cannot be watched, say for want of file handles, must not end the workshop.
  watcher.on('error', onChange);
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  return {
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

const SETTLE_MS = 15;
