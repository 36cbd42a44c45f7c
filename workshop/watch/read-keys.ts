import type { ReadStream } from 'node:tty';

/** Reads single keys from a terminal until disposed; the terminal is given back as it was. */
export function readKeys(terminal: ReadStream, onKey: (key: string) => void): Disposable {
  const onData = (data: Buffer) => {
    // Arrow and function keys come as one escape sequence, and mean nothing here.
    const text = data.toString('utf8');
    if (!text.startsWith('\u001b')) for (const key of text) onKey(key);
  };
  terminal.setRawMode(true);
  terminal.on('data', onData);
  terminal.resume();
  return {
    [Symbol.dispose]() {
      terminal.off('data', onData);
      terminal.setRawMode(false);
      terminal.pause();
    },
  };
}
