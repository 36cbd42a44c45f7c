import type { Catalogue } from '../../catalogue/catalogue.ts';
import { plural } from '../../explain/phrases.ts';
import { type Html, html } from './html.ts';
import { layersOf } from './layers.ts';

/** The map of services with their owners, and all its calls as a list for those who do not see it. */
export function serviceMap(catalogue: Catalogue): Html {
  const places = placesOf(layersOf(catalogue));
  const width = Math.max(...[...places.values()].map(({ x }) => x + BOX.width + GAP), 200);
  const height = Math.max(...[...places.values()].map(({ y }) => y + BOX.height + GAP), 50);
  return html`<div class="wide" tabindex="0" role="group" aria-label="Map of services">
<svg role="img" aria-label="Map of services: who calls whom, from top to bottom" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
${edgesOf(catalogue, places)}${boxesOf(catalogue, places)}</svg></div>
<details><summary>The same as a list</summary><ul>${callsOf(catalogue)}</ul></details>`;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function placesOf(layers: readonly (readonly string[])[]): ReadonlyMap<string, Point> {
  const widest = Math.max(0, ...layers.map(({ length }) => length));
  return new Map(
    layers.flatMap((row, depth) =>
      row.map((name, i) => {
        const indent = ((widest - row.length) * (BOX.width + GAP)) / 2;
        return [name, { x: GAP + indent + i * (BOX.width + GAP), y: GAP + depth * (BOX.height + LEVEL) }] as const;
      }),
    ),
  );
}

function edgesOf({ services }: Catalogue, places: ReadonlyMap<string, Point>): readonly Html[] {
  return services.flatMap(({ name, seen }) =>
    (seen?.callees ?? []).flatMap(({ service, errors }) => {
      const [from, to] = [places.get(name), places.get(service)];
      if (!from || !to) return [];
      const [x, y] = [from.x + BOX.width / 2, from.y + BOX.height];
      const [u, v] = [to.x + BOX.width / 2, to.y];
      const middle = (y + v) / 2;
      const broken = errors > 0 ? ' stroke-dasharray="5 3"' : '';
      return [
        {
          html: `<path class="edge" d="M${x} ${y}C${x} ${middle} ${u} ${middle} ${u} ${v}" marker-end="url(#tip)"${broken}/>`,
        },
      ];
    }),
  );
}

function boxesOf({ services }: Catalogue, places: ReadonlyMap<string, Point>): readonly Html[] {
  return services.flatMap(({ name, owner }) => {
    const at = places.get(name);
    if (!at) return [];
    const middle = at.x + BOX.width / 2;
    return [
      html`<g><rect class="${owner === undefined ? 'box unowned' : 'box'}" x="${at.x}" y="${at.y}" width="${BOX.width}" height="${BOX.height}" rx="6"/>
<text x="${middle}" y="${at.y + 19}" text-anchor="middle" class="name">${cut(name)}</text>
<text x="${middle}" y="${at.y + 36}" text-anchor="middle" class="quiet">${cut(owner ?? 'nobody owns it')}</text></g>`,
    ];
  });
}

function callsOf({ services }: Catalogue): readonly Html[] {
  return services.flatMap(({ name, owner, seen }) => [
    html`<li>${name} (${owner ?? 'nobody'}) ${
      seen && seen.callees.length > 0
        ? `calls ${seen.callees.map(({ service, calls, errors }) => `${service} (${plural(calls, 'time')}${errors > 0 ? `, ${errors} failed` : ''})`).join(', ')}`
        : 'calls nobody'
    }</li>`,
  ]);
}

function cut(text: string): string {
  return text.length > 22 ? `${text.slice(0, 21)}…` : text;
}

const BOX = { width: 172, height: 46 };
const GAP = 14;
const LEVEL = 44;
