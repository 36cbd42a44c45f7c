import { spawnSync } from 'node:child_process';
import { fine, know } from '../finding.js';

/** How long a process takes to start: virus scanners can make it a second, four times for each check. @type {import('../finding.js').Examination} */
export const processStart = {
  title: 'process start',
  examine() {
    const took = [1, 2, 3].map(() => {
      const startedAt = performance.now();
      spawnSync(process.execPath, ['-e', '0'], { windowsHide: true });
      return performance.now() - startedAt;
    });
    const ms = Math.round(Math.min(...took));
    if (ms < 400) return fine(`${ms} ms`);
    return know(
      `${ms} ms, which is slow: each check starts up to four`,
      'Except this folder from the virus scanner, if you may.',
    );
  },
};
