// npm runs this at the end of an install, by whatever Node it finds: it says nothing unless something is in the way.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { disk } from './checks/disk.js';
import { node } from './checks/node.js';
import { platform } from './checks/platform.js';
import { isNodeLinked, linkNode } from './link-node.js';
import { mask } from './mask.js';
import { readEnv } from './read-env.js';
import { renderFinding } from './render.js';

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const place = { root, env: readEnv(root, process.env), node: process.versions.node };

linkNode(place);
const rest = isNodeLinked(root) ? [platform, disk] : [node, platform, disk];
for (const { title, examine } of rest) {
  const finding = await examine(place);
  if (finding.state === 'mend') console.error(mask(renderFinding(title, finding), root));
}
