import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'What logs cannot tell',
  minutes: 5,
  goal: 'You have read the log of last night and named a suspect, with the line that made you choose.',
  processes: [],
  startFinding: 'unsupported-answer',
  edit: ['INCIDENT.md: suspect, evidence, whom to page'],
  hints: [
    'Search the log for WARN and ERROR. Who is named most often?',
    'Six suspects: payments, the database, the warehouse, Monday’s deploy, the Merino drop, the nightly report. Which lines speak for each?',
    'Any complete answer passes here: a suspect, one line of the log as evidence, and whom to page. You will come back to it.',
  ],
  retires: [],
  notice: 'Remember what you wrote. Three thousand lines, and none says which of them belong together.',
});
