import type { PictureNode } from '../explain/finding.ts';
import { clip, toOneLine } from '../otlp/plain-text.ts';

/** One line of a tree: the branches that lead to it, its sign and its name. */
export interface Row {
  readonly lead: string;
  readonly sign: string;
  readonly name: string;
  /** `undefined` on the line that says how many are left out. */
  readonly node: PictureNode | undefined;
}

/** The lines of a tree from its root down. */
export function toRows(node: PictureNode, lead = '', below = ''): readonly Row[] {
  const { omitted, children } = node;
  const last = omitted > 0 ? children.length : children.length - 1;
  const rows = children.map((child, i) =>
    toRows(child, `${below}${i === last ? '└─ ' : '├─ '}`, `${below}${i === last ? '   ' : '│  '}`),
  );
  const rest: readonly Row[] =
    omitted > 0 ? [{ lead: `${below}└─ `, sign: '', name: `… ${omitted} more`, node: undefined }] : [];
  return [
    { lead, sign: signOf(node), name: toOneLine(clip(node.name, MOST_OF_A_NAME)), node },
    ...rows.flat(),
    ...rest,
  ];
}

function signOf({ mark }: PictureNode): string {
  if (mark === 'wrong' || mark === 'expected') return '✗ ';
  return mark === 'new' ? '+ ' : '';
}

/** More than any terminal is wide: a name of megabytes need not be measured. */
const MOST_OF_A_NAME = 500;
