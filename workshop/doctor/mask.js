import { homedir, hostname, userInfo } from 'node:os';

/**
 * Makes a text safe to paste in public: no home folder, no names of the user and the machine, no passwords of URLs.
 * @param {string} text
 * @param {string} root the project's folder, which may tell more than its name
 */
export function mask(text, root) {
  const { username } = userInfo();
  const places = [
    [root, '<project>'],
    [homedir(), '~'],
  ].filter(([from = '']) => from.length > 1);
  const hidden = places.reduce((shown, [from = '', to = '']) => shown.split(from).join(to), text);
  const names = [
    [username, '<user>'],
    [hostname(), '<machine>'],
  ].filter(([name = '']) => name.length > 2 && name !== 'root');
  return names
    .reduce((shown, [name = '', to = '']) => shown.replace(new RegExp(`\\b${escaped(name)}\\b`, 'g'), to), hidden)
    .replace(/\/\/[^\s/@]+@/g, '//…@');
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
