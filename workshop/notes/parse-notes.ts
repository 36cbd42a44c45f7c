import { UsageError } from '../stages/usage-error.ts';

/** What a presenter has at hand for one stage, as its `notes.md` says it. */
export type PresenterNotes = {
  readonly say: readonly string[];
  /** What to do, and from which minute of the stage. */
  readonly minutes: readonly { readonly from: number; readonly text: string }[];
  readonly notice: readonly string[];
  /** One line for when it goes wrong on stage. */
  readonly rescue: string;
};

/** Reads a `notes.md`: four sections of lists, of which the last is one line. `source` names it in errors. */
export function parseNotes(text: string, source: string): PresenterNotes {
  const sections = new Map(text.split(/^## /m).slice(1).map(splitSection));
  const rescue = section('Rescue').trim();
  if (rescue.includes('\n')) throw notesError(source, 'has more than one line below "Rescue"');
  return { say: itemsOf('Say'), minutes: itemsOf('Minutes').map(parseMinute), notice: itemsOf('Notice'), rescue };

  function section(title: string): string {
    const body = sections.get(title);
    if (body?.trim()) return body;
    throw notesError(source, `has nothing below "## ${title}"`);
  }

  function itemsOf(title: string): readonly string[] {
    return section(title)
      .split(/^- /m)
      .slice(1)
      .map((item) => item.trim().replace(/\s*\n\s*/g, ' '));
  }

  function parseMinute(item: string): PresenterNotes['minutes'][number] {
    const match = /^(\d+): (.+)$/.exec(item);
    if (match?.[1] && match[2]) return { from: Number(match[1]), text: match[2] };
    throw notesError(source, `has a line below "Minutes" without its minute: "${item.slice(0, 40)}"`);
  }
}

function splitSection(section: string): readonly [title: string, body: string] {
  const lineEnd = section.indexOf('\n');
  return [section.slice(0, lineEnd).trim(), section.slice(lineEnd + 1)];
}

function notesError(source: string, what: string): UsageError {
  return new UsageError(
    `\`${source}\` ${what}. Notes have four sections: "## Say", "## Minutes" with lines like "- 4: type the outbox", ` +
      '"## Notice" and "## Rescue" with one line. See `exercises/01-first-span/notes.md`.',
  );
}
