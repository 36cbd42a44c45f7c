import { spawnSync } from 'node:child_process';
import { fine, know } from '../finding.js';

/** Git is wanted for the exercise branches only. @type {import('../finding.js').Examination} */
export const git = {
  title: 'git',
  examine() {
    const { status, stdout } = spawnSync('git', ['--version'], { encoding: 'utf8', windowsHide: true });
    if (status !== 0) return know('not found: the exercise branches need it, all else works without');
    return fine(stdout.trim().replace(/^git version /, ''));
  },
};
