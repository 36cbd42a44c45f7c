import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fine, know } from '../finding.js';

/** What an earlier run left behind; the next command deals with most of it by itself. @type {import('../finding.js').Examination} */
export const leftovers = {
  title: 'leftovers',
  examine({ root }) {
    const stateDir = join(root, '.workshop');
    const abandoned = entriesOf(join(stateDir, 'verify')).filter((name) => name.startsWith('apps-'));
    const dirs = isAtWork(stateDir, 'verify') ? [] : abandoned.map((name) => join(stateDir, 'verify', name));
    if (dirs.length > 0) {
      return know(`${dirs.length} folders of test runs that were cut short`, 'npm run doctor -- --fix', () => {
        for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
        return `removed ${dirs.length} folders below .workshop/verify`;
      });
    }
    if (keeperPid(stateDir) === undefined) return fine('none');
    if (isAtWork(stateDir, '.')) return know('a workshop is running in this folder; this one will share its database');
    return know('an earlier workshop ended by force; the next command cleans up after it');
  },
};

/** @param {string} stateDir @param {string} name */
function isAtWork(stateDir, name) {
  const pid = keeperPid(join(stateDir, name));
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} stateDir @returns {number | undefined} */
function keeperPid(stateDir) {
  try {
    const { pid } = JSON.parse(readFileSync(join(stateDir, 'keeper.json'), 'utf8'));
    return typeof pid === 'number' ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} dir */
function entriesOf(dir) {
  try {
    return readdirSync(dir).filter((name) => statSync(join(dir, name)).isDirectory());
  } catch {
    return [];
  }
}
