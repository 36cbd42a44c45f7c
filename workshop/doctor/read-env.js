import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as util from 'node:util';

/**
 * What every command goes by: the project's `.env`, and before it what the shell says.
 * @param {string} root
 * @param {Readonly<Record<string, string | undefined>>} shell
 * @returns {Readonly<Record<string, string | undefined>>}
 */
export function readEnv(root, shell) {
  try {
    const text = readFileSync(join(root, '.env'), 'utf8');
    // Before Node 20.12 there is no parser.
    return { ...(util.parseEnv ?? parseLines)(text), ...shell };
  } catch {
    return shell;
  }
}

/** @param {string} text @returns {Record<string, string>} */
export function parseLines(text) {
  const settings = Array.from(text.matchAll(/^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=[ \t]*(.*?)[ \t]*\r?$/gm));
  return Object.fromEntries(settings.map(([, name = '', value = '']) => [name, unquoted(value)]));
}

/** Between quotes everything counts; without them a number sign begins a comment. @param {string} value */
function unquoted(value) {
  const [, , quoted] = /^(["'`])(.*?)\1/.exec(value) ?? [];
  return quoted ?? value.replace(/[ \t]*#.*/, '');
}
