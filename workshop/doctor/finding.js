/**
 * What one look at the machine found.
 * @typedef {object} Finding
 * @property {'fine' | 'know' | 'mend' | 'left-out'} state fine; good to know; in the way until mended; not looked at
 * @property {string} found what is there, in a line
 * @property {string} [mend] what to do, as a command to paste where there is one
 * @property {() => string} [fix] mends it where that is safe, and says what it did
 */

/**
 * One thing to look at.
 * @typedef {object} Examination
 * @property {string} title at most 14 letters
 * @property {(place: Place) => Finding | Promise<Finding>} examine
 */

/**
 * Where the project is, and what the shell says.
 * @typedef {object} Place
 * @property {string} root
 * @property {Readonly<Record<string, string | undefined>>} env
 * @property {string} node the version of the Node that runs this
 */

/** @param {string} found @returns {Finding} */
export const fine = (found) => ({ state: 'fine', found });

/** @param {string} found @param {string} [mend] @param {() => string} [fix] @returns {Finding} */
export const know = (found, mend, fix) => ({ state: 'know', found, ...(mend && { mend }), ...(fix && { fix }) });

/** @param {string} found @param {string} mend @returns {Finding} */
export const mend = (found, mend) => ({ state: 'mend', found, mend });

/** @param {string} found @returns {Finding} */
export const leftOut = (found) => ({ state: 'left-out', found });
