import { totalmem } from 'node:os';
import { fine, know } from '../finding.js';

/** Room for four Node processes and a Postgres. @type {import('../finding.js').Examination} */
export const memory = {
  title: 'memory',
  examine() {
    const totalMb = totalmem() / 2 ** 20;
    const inWords = `${(totalMb / 1024).toFixed(1)} GB`;
    return totalMb < 3_500 ? know(`${inWords}: tight; close what else is large`) : fine(inWords);
  },
};
