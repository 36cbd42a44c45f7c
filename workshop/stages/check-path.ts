import { UsageError } from './usage-error.ts';

/** Throws unless the path stays inside the folder that a tree is written to. */
export function checkPath(path: string, source: string): void {
  const reason = reasonAgainst(path);
  if (!reason) return;
  throw new UsageError(
    `\`${source}\` names the file "${path}", which ${reason}. ` +
      'Every file must be below the app: write its path as it is in `legacy-app`, such as "shop/main.ts".',
  );
}

/** Why a path cannot be in a tree, or undefined when it can. */
export function reasonAgainst(path: string): string | undefined {
  const segments = path.split('/');
  // Windows and macOS do not tell `.GIT`, and Windows not `.git.`, from `.git`.
  const known = segments.map((segment) => segment.toLowerCase().replace(/[. ]+$/, ''));
  if (path === '') return 'is empty';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute';
  if (path.includes('\\')) return 'has a backslash where a slash belongs';
  if (path.includes('\0')) return 'holds a zero byte';
  if (segments.some((segment) => /^\.\.[. ]*$/.test(segment))) return 'leads out of the app';
  if (segments.some((segment) => segment === '' || segment === '.')) return 'is not in its shortest form';
  if (known.includes('node_modules') || known.includes('.git')) return 'lies in a folder that is not the app';
  if (known[0] === stageFile) return "is the workshop's own mark";
  return undefined;
}

/** The file in a bench that names the stage it stands at. */
export const stageFile = '.stage';
