import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { renderNotes } from '../render/render-notes.ts';
import { listStages } from '../stages/list-stages.ts';
import { parseNotes } from './parse-notes.ts';
import { readNotes } from './read-notes.ts';

const stages = await listStages(fileURLToPath(new URL('../..', import.meta.url)));

test.each(stages)('the notes of $name fit into its minutes, in order', async (stage) => {
  const { minutes } = await readNotes(stage);
  const marks = minutes.map(({ from }) => from);
  expect(marks[0]).toBe(0);
  expect(marks).toEqual([...new Set(marks)].toSorted((a, b) => a - b));
  expect(marks.at(-1)).toBeLessThan(stage.definition.minutes);
});

test('draws them for an arm’s length', () => {
  const stage = stages[0];
  if (!stage) throw new Error('There is no stage.');
  const notes = parseNotes(TEXT, 'notes.md');
  expect(renderNotes(stage, notes, { width: 50, paint: (_, text) => text })).toMatchInlineSnapshot(`
    "  00 last-night · What logs cannot tell · 5 min

      Say
       - A span is a log line with a beginning, an end
         and a family.

      The minute
       0 the story
      12 the outbox by hand, both halves, and then
         save

      What to notice
       - The bar of eight seconds has parts.

      The rescue
      \`npm run solve 3\`"
  `);
});

test('says what is missing in them', () => {
  expect(() =>
    parseNotes(TEXT.replace('- 12: ', '- '), 'exercises/03-lost-context/notes.md'),
  ).toThrowErrorMatchingInlineSnapshot(
    `[UsageError: \`exercises/03-lost-context/notes.md\` has a line below "Minutes" without its minute: "the outbox by hand, both halves, and the". Notes have four sections: "## Say", "## Minutes" with lines like "- 4: type the outbox", "## Notice" and "## Rescue" with one line. See \`exercises/01-first-span/notes.md\`.]`,
  );
  expect(() =>
    parseNotes(TEXT.replace('## Rescue', '## Recue'), 'exercises/03-lost-context/notes.md'),
  ).toThrowErrorMatchingInlineSnapshot(
    `[UsageError: \`exercises/03-lost-context/notes.md\` has nothing below "## Rescue". Notes have four sections: "## Say", "## Minutes" with lines like "- 4: type the outbox", "## Notice" and "## Rescue" with one line. See \`exercises/01-first-span/notes.md\`.]`,
  );
});

const TEXT = `# Notes

## Say
- A span is a log line with a beginning,
  an end and a family.

## Minutes
- 0: the story
- 12: the outbox by hand, both halves, and then save

## Notice
- The bar of eight seconds has parts.

## Rescue
\`npm run solve 3\`
`;
