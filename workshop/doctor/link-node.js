import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Whether npm's scripts get the Node that came with the install. @param {string} root */
export function isNodeLinked(root) {
  return existsSync(join(root, 'node_modules', '.bin', 'node'));
}

/** The package with a system's Node; there is none for some. */
export function nodePackage(
  /** @type {string} */ system = process.platform,
  /** @type {string} */ arch = process.arch,
) {
  return `node-${system === 'win32' ? 'win' : system}-${arch}`;
}

/**
 * Lets npm's scripts get the Node that came with the install, where npm forgot: version 10, which comes with Node 18 to
 * 22, keeps the command `node` for the first of the packages for all systems, which is not the one that was installed.
 * @param {Pick<import('./finding.js').Place, 'root' | 'env'>} place
 */
export function linkNode({ root, env }) {
  const npm = env.npm_execpath ?? '';
  if (isNodeLinked(root) || !npm.endsWith('npm-cli.js')) return;
  if (!existsSync(join(root, 'node_modules', nodePackage()))) return;
  const words = [npm, 'rebuild', nodePackage(), '--ignore-scripts', '--silent'];
  spawnSync(process.execPath, words, { cwd: root, env, windowsHide: true });
}
