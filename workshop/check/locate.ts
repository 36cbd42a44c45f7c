import { relative } from 'node:path';
import type { Tree } from '../stages/tree.ts';
import type { Place } from './check.ts';

/**
 * Makes the look-up that tells where in the bench to change something: the span's own `code.*` attributes, else the
 * only place where its name is a literal, else the place that the shape names as `file#text`.
 */
export function createLocate(bench: Tree, benchDir: string, cwd: string): (place: Place) => string | undefined {
  const shown = createShow(benchDir, cwd);
  const files = [...bench]
    .filter(([path]) => path === 'Procfile' || /\.[cm]?[jt]s$/.test(path))
    .map(([path, content]) => ({ path, lines: content.toString('utf8').split('\n') }));
  const show = (path: string, line: number) => `${shown(path)}:${line}`;

  return ({ node, shape }) => {
    const name = node?.span.name ?? (shape?.name.type === 'literal' ? String(shape.name.value) : undefined);
    return ownLocation(node) ?? (name && onlyLiteral(name)) ?? (shape?.anchor && atAnchor(shape.anchor));
  };

  function onlyLiteral(name: string): string | undefined {
    const quoted = [`'${name}'`, `"${name}"`, `\`${name}\``];
    const places = files.flatMap(({ path, lines }) =>
      lines.flatMap((text, i) => (quoted.some((literal) => text.includes(literal)) ? [show(path, i + 1)] : [])),
    );
    return places.length === 1 ? places[0] : undefined;
  }

  function atAnchor(anchor: string): string | undefined {
    const [path, text = ''] = anchor.split('#');
    const file = files.find((candidate) => candidate.path === path);
    if (!file) return undefined;
    const line = file.lines.findIndex((candidate) => candidate.includes(text));
    return show(file.path, Math.max(line, 0) + 1);
  }
}

/** Makes what tells a path of the bench as whoever checks it would type it. */
export function createShow(benchDir: string, cwd: string): (path: string) => string {
  const prefix = relative(cwd, benchDir) || '.';
  return (path) => `${prefix}/${path}`;
}

function ownLocation(node: Place['node']): string | undefined {
  const file = node?.span.attributes['code.file.path'];
  const line = node?.span.attributes['code.line.number'];
  if (typeof file !== 'string') return undefined;
  return typeof line === 'number' ? `${file}:${line}` : file;
}
