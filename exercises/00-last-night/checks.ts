import { defineChecks } from '../../workshop/check/define-check.ts';
import { incidentIsComplete } from '../../workshop/check/incident.ts';

export const checks = defineChecks([incidentIsComplete]);
