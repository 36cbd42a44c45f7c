import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fine, know } from '../finding.js';

/** Whether git, or an unpacked archive, has put carriage returns into what is compared byte for byte. @type {import('../finding.js').Examination} */
export const lineEndings = {
  title: 'line endings',
  examine({ root }) {
    const files = ['legacy-app', 'solutions', 'exercises'].flatMap((dir) => textsBelow(join(root, dir)));
    const wrong = files.filter((file) => readFileSync(file).includes('\r\n'));
    if (wrong.length === 0) return fine(`LF in all ${files.length} files`);
    return know(
      `${wrong.length} of ${files.length} files end their lines with CRLF: patches will not fit`,
      'git config --global core.autocrlf input   (then clone once more)',
    );
  },
};

/** @param {string} dir @returns {string[]} */
function textsBelow(dir) {
  try {
    return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) return textsBelow(path);
      return /\.(ts|yaml|patch|sql|md)$|^Procfile$/.test(entry.name) ? [path] : [];
    });
  } catch {
    return [];
  }
}
