import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fine, leftOut, mend } from '../finding.js';
import { isAtLeast, LEAST_NODE } from '../versions.js';

/** Starts the database that checks use, and asks it. @type {import('../finding.js').Examination} */
export const database = {
  title: 'database',
  examine({ root, node }) {
    if (!isAtLeast(node, LEAST_NODE)) return leftOut('needs a newer Node first');
    if (!existsSync(join(root, 'node_modules', 'pg'))) return leftOut('needs the packages first');
    const program = join(root, 'workshop', 'cli', 'ask-database.ts');
    const asked = spawnSync(process.execPath, [program], { encoding: 'utf8', timeout: 90_000, windowsHide: true });
    const said = (asked.status === 0 ? asked.stdout : asked.stderr).trim();
    if (asked.status === 0) return fine(said);
    return mend(
      `does not answer: ${said.split('\n')[0] || 'it said nothing within 90 s'}`,
      said.split('\n').slice(1).join('\n') || 'npm run doctor   (once more, and paste this)',
    );
  },
};
