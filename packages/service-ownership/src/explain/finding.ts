/** Something that is not as it should be, in words. Plain data. */
export interface Finding {
  readonly code: Code;
  readonly service: string;
  /** What is so, with the values, and why it matters. */
  readonly message: string;
  /** What to do. */
  readonly hint: string;
  /** The file and line to mend, if there is one. */
  readonly location?: { readonly file: string; readonly line: number };
}

export type Code = keyof typeof CODE_TABLE;

export interface CodeDescription {
  readonly what: string;
  readonly why: string;
  readonly try: string;
}

/** Every code of this package: what it says, the likeliest cause, and what to try. */
export const CODE_TABLE = {
  'no-owner': {
    what: 'Nobody owns a service: no catalogue file and no resource says who.',
    why: 'It has no `catalog-info.yaml` and no owner attribute, or they leave the owner empty.',
    try: 'Name the team in `spec.owner`; `catalog --write DIR` drafts the file.',
  },
  'two-owners': {
    what: 'Files, or a file and the resource, name different owners.',
    why: 'The service changed hands and one place was forgotten; or two teams each think it theirs.',
    try: 'Agree on one, and say the same everywhere.',
  },
  'unknown-owner': {
    what: 'The owner is no group and no user of the catalogue.',
    why: 'The team was renamed or dissolved, or the name is misspelt.',
    try: 'Name one of the groups that there are, or declare it.',
  },
  'undeclared-service': {
    what: 'A service sends spans, and no catalogue file declares it.',
    why: 'It is new, or its `service.name` is not the name in its file.',
    try: '`catalog --write DIR` drafts the file.',
  },
  'undeclared-dependency': {
    what: 'A service calls what its `dependsOn` does not list.',
    why: 'The call is newer than the file.',
    try: 'Add it to `spec.dependsOn`, or remove the call.',
  },
  'never-seen': {
    what: 'A service is declared and sends no span.',
    why: 'It is gone, is not instrumented, has another `service.name`, or had nothing to do.',
    try: 'Instrument it, or mark it `lifecycle: deprecated`.',
  },
  'contradicted-dependency': {
    what: 'Both services were seen, but never the call that `dependsOn` declares.',
    why: 'The call was removed, is rarer than what was recorded, or goes the other way.',
    try: 'Remove it from `spec.dependsOn`, or declare it where the call is made.',
  },
  'wrong-objective': {
    what: 'An objective is about an operation that no span shows.',
    why: 'The service or the operation has another name, or it is not instrumented: it would be kept for ever.',
    try: 'Take the name from `catalog`.',
  },
} as const satisfies Readonly<Record<string, CodeDescription>>;
