import { fine, know } from '../finding.js';
import { isAtLeast } from '../versions.js';

/** The npm that started this. @type {import('../finding.js').Examination} */
export const npm = {
  title: 'npm',
  examine({ env }) {
    const [, version] = /^npm\/(\S+)/.exec(env.npm_config_user_agent ?? '') ?? [];
    if (!version) return know('not started by npm', 'npm run doctor');
    if (isAtLeast(version, '10.0.0')) return fine(version);
    return know(`${version}, which is older than the workshop was tried with`, 'npm install --global npm@10');
  },
};
