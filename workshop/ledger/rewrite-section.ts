/** A page with what stands between its two marks, `<!-- name -->` and `<!-- /name -->`, replaced. */
export function rewriteSection(page: string, name: string, content: string): string {
  const [begin, end] = [page.indexOf(open(name)), page.indexOf(close(name))];
  if (begin < 0 || end < begin) {
    throw new Error(`The page has no section to write: put \`${open(name)}\` and \`${close(name)}\` where it belongs.`);
  }
  return `${page.slice(0, begin + open(name).length)}\n${content.trim()}\n${page.slice(end)}`;
}

/** What stands between the two marks of a section. */
export function readSection(page: string, name: string): string | undefined {
  const [begin, end] = [page.indexOf(open(name)), page.indexOf(close(name))];
  return begin < 0 || end < begin ? undefined : page.slice(begin + open(name).length, end).trim();
}

function open(name: string): string {
  return `<!-- ${name} -->`;
}

function close(name: string): string {
  return `<!-- /${name} -->`;
}
