/** A terminal's second screen, drawn over without flicker; disposing gives the first one back. */
export type Screen = Disposable & {
  readonly draw: (lines: readonly string[]) => void;
  /** Draws everything anew the next time: the terminal has another size, and nobody knows what stands there. */
  readonly forget: () => void;
};

/** Takes the terminal's alternate screen. A line is only written when it differs from what stands there. */
export function openScreen(write: (text: string) => void): Screen {
  let shown: readonly string[] = [];
  let isOpen = true;
  write(`${ESC}[?1049h${ESC}[?25l${ESC}[2J`);
  return {
    draw(lines) {
      const changed = lines.map((line, i) => (line === shown[i] ? '' : `${ESC}[${i + 1};1H${line}${ESC}[0m${ESC}[K`));
      const rest = lines.length < shown.length ? `${ESC}[${lines.length + 1};1H${ESC}[J` : '';
      shown = lines;
      write(changed.join('') + rest);
    },
    forget() {
      shown = [];
      write(`${ESC}[2J`);
    },
    [Symbol.dispose]() {
      if (!isOpen) return;
      isOpen = false;
      write(`${ESC}[?25h${ESC}[?1049l`);
    },
  };
}

const ESC = '\u001b';
