import { readFile, writeFile } from 'node:fs/promises';
import { CODE_TABLE, judge, renderVerdict, SHAPE_CODES } from 'trace-shapes';
import { expect, test } from 'vitest';
import { MISTAKES } from '../src/testing/mistakes.ts';

const CODES = new URL('../CODES.md', import.meta.url);

test('CODES.md has every code with a known mistake as it is printed (UPDATE_README=1 rewrites it)', async () => {
  const written = `# Codes\n\n${INTRODUCTION}\n\n${SHAPE_CODES.map(section).join('\n\n')}\n`;
  if (process.env.UPDATE_README) await writeFile(CODES, written);
  else expect(await readFile(CODES, 'utf8')).toBe(written);
});

function section(code: (typeof SHAPE_CODES)[number]): string {
  const { what, why, try: advice } = CODE_TABLE[code];
  const { expected, received } = MISTAKES[code];
  const example = renderVerdict(judge(expected, received)).replace(/^\n+|\s+$/g, '');
  return `## ${code}\n\n${what}\n\n- **Why**: ${why}\n- **Try**: ${advice}\n\n\`\`\`\n${example}\n\`\`\``;
}

const INTRODUCTION =
  'What each finding says, in the order in which to mend them, with a known mistake as it is printed. Written by a test.';
