import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fine, know, leftOut, mend } from '../finding.js';

/** Room for the packages, a database and saved benches, and leave to write them. @type {import('../finding.js').Examination} */
export const disk = {
  title: 'disk',
  examine({ root }) {
    const refused = [root, tmpdir()].find((dir) => !isWritable(dir));
    if (refused)
      return mend(`nothing can be written to ${refused}`, 'Clone into a folder of your own, with room to write.');
    // Before Node 18.15 there is no such question.
    if (!fs.statfsSync) return leftOut('this Node cannot ask how much is free');
    const { bavail, bsize } = fs.statfsSync(root);
    const freeMb = Math.round((bavail * bsize) / 2 ** 20);
    if (freeMb < 200) return mend(`${freeMb} MB free, and the workshop needs 200`, 'Make room, then run this again.');
    const inWords = freeMb < 10_000 ? `${freeMb} MB free` : `${Math.round(freeMb / 1024)} GB free`;
    return freeMb < 1000 ? know(`${inWords}; an install takes about 550 MB`) : fine(inWords);
  },
};

/** @param {string} dir */
function isWritable(dir) {
  const file = join(dir, `.untangle-doctor-${process.pid}`);
  try {
    fs.writeFileSync(file, '');
    fs.rmSync(file);
    return true;
  } catch {
    return false;
  }
}
