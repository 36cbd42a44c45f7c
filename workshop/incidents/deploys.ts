import type { Tree } from '../stages/tree.ts';
import { withFiles } from '../stages/tree.ts';

/** A deploy: files of one service that are changed, each by the text that stands there, and its new version. */
export type Deploy = {
  readonly service: string;
  readonly version: string;
  readonly changes: readonly { readonly path: string; readonly old: string; readonly now: string }[];
};

/** The files that a deploy changes, and the version with them; throws when a text that it changes is not there any more. */
export function filesOfDeploy(tree: Tree, { version, changes }: Deploy): Tree {
  const files = changes.reduce<Tree>(
    (before, { path, old, now }) => withFiles(before, [[path, replaced(before.get(path), path, old, now)]]),
    tree,
  );
  const path = 'package.json';
  const manifest = replaced(tree.get(path), path, /"version": "[^"]*"/, `"version": "${version}"`);
  const changed = [...new Set(changes.map((change) => change.path))];
  return withFiles(new Map(changed.map((name) => [name, files.get(name) ?? manifest])), [[path, manifest]]);
}

function replaced(content: Buffer | undefined, path: string, old: string | RegExp, now: string): Buffer {
  const text = content?.toString('utf8') ?? '';
  const changed = text.replace(old, () => now);
  if (changed !== text) return Buffer.from(changed);
  throw new Error(`\`${path}\` no longer has \`${old}\`: the deploy of an incident has to be written again.`);
}

/** The warehouse asks its new label printer, in the middle of a transaction. */
export const labelPrinter: Deploy = {
  service: 'warehouse',
  version: '4128.0.0',
  changes: [
    {
      path: 'warehouse/main.ts',
      old: "    await client.query('begin')\n    for (const item of sorted) {",
      now: "    await client.query('begin')\n    await new Promise((resolve) => setTimeout(resolve, 2600)) // the label printer\n    for (const item of sorted) {",
    },
  ],
};

/** The warehouse looks again whether it has given away too much, before it answers. */
export const recount: Deploy = {
  service: 'warehouse',
  version: '4130.0.0',
  changes: [
    {
      path: 'warehouse/main.ts',
      old: '      await markAlmostGone(client, item.sku)\n',
      now: '      await markAlmostGone(client, item.sku)\n      await new Promise((resolve) => setTimeout(resolve, 1700)) // look again\n',
    },
  ],
};

/** The shop gives no connection back when an order fails, as it did before it was untangled. */
export const leak: Deploy = {
  service: 'shop',
  version: '4126.0.0',
  changes: [
    {
      path: 'shop/placing.ts',
      old: "    await client.query('rollback').catch(() => {})\n    throw err\n  } finally {\n    client.release()\n  }",
      now: '    throw err\n  }',
    },
    {
      path: 'shop/placing.ts',
      old: "    await client.query(soldOut ? 'rollback' : 'commit')\n",
      now: "    await client.query(soldOut ? 'rollback' : 'commit')\n    client.release()\n",
    },
  ],
};

/** The shop's new price list ends in the middle of the alphabet. */
export const priceList: Deploy = {
  service: 'shop',
  version: '4129.0.0',
  changes: [
    {
      path: 'shop/pricing.ts',
      old: '    const { cents } = prices.find((row) => row.sku === basketItem.sku)\n',
      now: "    const { cents } = prices.find((row) => row.sku === basketItem.sku && row.sku[0] < 'M')\n",
    },
  ],
};
