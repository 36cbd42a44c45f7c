/** Breaks a text at spaces so that no line is longer than `width`, each line indented. A long word stays whole. */
export function wrap(text: string, width: number, indent = ''): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (indent.length + longer.length <= width || line === '') line = longer;
      else {
        lines.push(indent + line);
        line = word;
      }
    }
    lines.push(indent + line);
  }
  return lines;
}
