import { nothingLost, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks } from '../../workshop/check/define-check.ts';

export const checks = defineChecks([nothingLost, sameBehaviour]);
