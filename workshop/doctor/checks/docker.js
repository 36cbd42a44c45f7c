import { spawnSync } from 'node:child_process';
import { fine, leftOut, mend } from '../finding.js';

/** The container engine, where it was chosen for the database. @type {import('../finding.js').Examination} */
export const docker = {
  title: 'Docker',
  examine({ env }) {
    if (env.WORKSHOP_DB !== 'testcontainers') return leftOut('not needed');
    const asked = spawnSync('docker', ['version', '--format', '{{.Server.Version}}'], {
      encoding: 'utf8',
      timeout: 10_000,
      windowsHide: true,
    });
    if (asked.status === 0) return fine(asked.stdout.trim());
    if (env.DOCKER_HOST) return fine('DOCKER_HOST names an engine; the database below shows whether it answers');
    return mend(
      'WORKSHOP_DB asks for it, and no engine answers',
      'Start Docker, or unset WORKSHOP_DB: the install brings its own Postgres.',
    );
  },
};
