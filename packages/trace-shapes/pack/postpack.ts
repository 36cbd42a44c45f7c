/** Run by npm after packing: puts the workspace's package.json back. */
import { join } from 'node:path';
import { restoreManifest } from './kept-manifest.ts';

await restoreManifest(join(import.meta.dirname, '..'));
