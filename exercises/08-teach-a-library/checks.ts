import { nothingLost, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks, plainCheck, shapeCheck } from '../../workshop/check/define-check.ts';
import { findUninstrumented, nodemailerLibrary } from '../../workshop/check/find-uninstrumented.ts';
import { mails } from './expected.ts';
import { findMailContents } from './find-mail-contents.ts';
import { judgeTrial } from './judge-trial.ts';
import { doesPatch, program } from './trial.ts';

export const checks = defineChecks([
  shapeCheck({
    id: 'mails-are-spans',
    title: 'every mail of shop and worker is a span, by the library',
    unless: (run, aids) =>
      doesPatch(run) ? findUninstrumented(run, aids, [nodemailerLibrary(['shop', 'worker'])]) : [],
    expected: mails,
  }),
  {
    ...plainCheck({
      id: 'a-good-instrumentation',
      title: 'callbacks, errors, configuration, disable: the class by itself',
      judge: judgeTrial,
    }),
    trial: program,
  },
  plainCheck({ id: 'mails-stay-private', title: 'nothing of a mail in any span', judge: findMailContents }),
  nothingLost,
  sameBehaviour,
]);
