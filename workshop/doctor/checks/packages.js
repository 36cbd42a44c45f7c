import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fine, know, mend } from '../finding.js';

/** Whether everything is installed, at the versions that are asked for. @type {import('../finding.js').Examination} */
export const packages = {
  title: 'packages',
  examine({ root }) {
    const { dependencies = {}, devDependencies = {} } = readPackage(root) ?? {};
    const found = Object.entries({ ...dependencies, ...devDependencies }).map(([name, version]) => {
      const installed = readPackage(join(root, 'node_modules', ...name.split('/')))?.version;
      return { name, version, installed };
    });
    const missing = found.filter(({ installed }) => installed === undefined);
    const needed = missing.filter(({ name }) => name in dependencies);
    if (needed.length > 0)
      return mend(`${missing.length} of ${found.length} are missing: ${some(missing)}`, 'npm install');
    const other = found.filter(({ version, installed }) => installed !== undefined && installed !== version);
    if (other.length > 0) return mend(`${other.length} are of another version: ${some(other)}`, 'npm ci');
    if (missing.length > 0)
      return know(`all but ${missing.length}, which only \`npm test\`, lint and types need: ${some(missing)}`);
    return fine(`all ${found.length} are installed`);
  },
};

/** @param {readonly { readonly name: string }[]} packages */
function some(packages) {
  const more = packages.length > 3 ? ' …' : '';
  return (
    packages
      .slice(0, 3)
      .map(({ name }) => name)
      .join(', ') + more
  );
}

/** @param {string} dir @returns {{ version?: string, dependencies?: Record<string, string>, devDependencies?: Record<string, string> } | undefined} */
function readPackage(dir) {
  try {
    return JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
  } catch {
    return undefined;
  }
}
