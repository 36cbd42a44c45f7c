/** @typedef {import('./finding.js').Finding} Finding */

/** One finding as lines, told apart by a mark and not by colour. @param {string} title @param {Finding} finding */
export function renderFinding(title, { state, found, mend }) {
  const lines = [`${MARKS[state]} ${title.padEnd(WIDTH)} ${found}`];
  for (const line of mend ? mend.split('\n') : []) lines.push(`${' '.repeat(WIDTH + 3)}→ ${line}`);
  return lines.join('\n');
}

/** What it comes to. @param {readonly Finding[]} findings */
export function renderSum(findings) {
  const count = (/** @type {Finding['state']} */ state) => findings.filter((finding) => finding.state === state).length;
  const sum =
    count('mend') > 0
      ? `${count('mend')} to mend before the workshop runs.`
      : `Ready: \`npm start\`.${count('know') > 0 ? ` ${count('know')} good to know.` : ''}`;
  return `${sum} The lines above hold no names, paths of yours or passwords: paste them when you ask for help.`;
}

const MARKS = { fine: '✓', know: '!', mend: '✗', 'left-out': '-' };
const WIDTH = 14;
