// Says whether this machine is ready, in plain JavaScript and with nothing installed, so that it helps when nothing else runs.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXAMINATIONS } from './checks/index.js';
import { mask } from './mask.js';
import { readEnv } from './read-env.js';
import { renderFinding, renderSum } from './render.js';

const HELP = `Usage: npm run doctor -- [--fix] [--json]

Is this machine ready for the workshop? Looks at Node, npm, packages, disk, memory, ports, line endings, leftovers,
and starts the database.

  --fix   mend what can be mended safely
  --json  the findings as JSON

Exit 0: ready. 1: something is to be mended. 2: wrong arguments.`;

const args = process.argv.slice(2);
const unknown = args.find((arg) => !['--fix', '--json', '--help', '-h'].includes(arg));

if (unknown !== undefined) {
  console.error(`\`${unknown}\` is not known to the doctor.\n\n${HELP}`);
  process.exitCode = 2;
} else if (args.includes('--help') || args.includes('-h')) console.log(HELP);
else await examineAll();

async function examineAll() {
  const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));
  const place = { root, env: readEnv(root, process.env), node: process.versions.node };
  const asJson = args.includes('--json');
  const print = (/** @type {string} */ text) => console.log(mask(text, root));
  const findings = [];
  for (const { title, examine } of EXAMINATIONS) {
    const finding = await examineOne(() => examine(place), args.includes('--fix'));
    findings.push({ title, ...finding });
    if (!asJson) print(renderFinding(title, finding));
  }
  if (asJson) print(JSON.stringify({ findings }, undefined, 2));
  else print(`\n${renderSum(findings)}`);
  process.exitCode = findings.some(({ state }) => state === 'mend') ? 1 : 0;
}

/**
 * A look that goes wrong is itself a finding: the others must still be had.
 * @param {() => import('./finding.js').Finding | Promise<import('./finding.js').Finding>} examine
 * @param {boolean} fixes
 * @returns {Promise<import('./finding.js').Finding>}
 */
async function examineOne(examine, fixes) {
  try {
    const finding = await examine();
    return fixes && finding.fix ? { state: 'fine', found: `${finding.found}: ${finding.fix()}` } : finding;
  } catch (error) {
    return { state: 'know', found: `could not be looked at: ${error instanceof Error ? error.message : error}` };
  }
}
