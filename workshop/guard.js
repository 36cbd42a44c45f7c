// The door to every script, in plain JavaScript, so that an old Node can at least say what is wrong.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const LEAST = [24, 11, 1];

const version = process.versions.node.split('.').map(Number);
const isNewEnough = compare(version, LEAST) >= 0;

if (!isNewEnough) refuse();
else if (process.argv.length > 2) {
  if (!existsSync(new URL('../node_modules/commander', import.meta.url))) refuseUninstalled();
  else {
    // What Node has compiled once is read by the next command: each starts in half the time.
    module.enableCompileCache(fileURLToPath(new URL('../.workshop/compile-cache', import.meta.url)));
    await import('./cli/main.ts');
  }
}

/** @param {readonly number[]} a @param {readonly number[]} b */
function compare(a, b) {
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return (a[i] ?? 0) - (b[i] ?? 0);
  return 0;
}

function refuse() {
  console.error(
    [
      `This is Node ${process.versions.node}; the workshop needs ${LEAST.join('.')} or newer.`,
      'On Linux, Windows and Intel Macs a fitting Node comes with the install and is used by every npm script:',
      '  npm install',
      '  npm start',
      'If it did not come, `npm run doctor` says what to do. On a Mac with Apple silicon install Node 24 yourself (nodejs.org,',
      'nvm, fnm, mise), then run the same command again.',
    ].join('\n'),
  );
  process.exitCode = 2;
}

function refuseUninstalled() {
  console.error(
    "The workshop's packages are not installed yet. Run `npm install` in this folder, then the same command again.",
  );
  process.exitCode = 2;
}
