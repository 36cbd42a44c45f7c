import type { Readable } from 'node:stream';

/** Calls back with each line of a stream; a line without an end is cut, so that it cannot fill the memory. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = text.split('\n');
    for (const [index, part] of lines.entries()) {
      if (rest.length < longest) rest += part.slice(0, longest - rest.length);
      if (index === lines.length - 1) return;
      emit();
    }
  });
  stream.on('end', () => rest && emit());

  function emit(): void {
    onLine(rest.length < longest ? rest.replace(/\r$/, '') : `${rest} … (cut)`);
    rest = '';
  }
}

const longest = 16_384;
