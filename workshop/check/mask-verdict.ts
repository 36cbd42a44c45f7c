import { maskSecrets, maskValue, secretsIn } from '../telemetry/mask-secrets.ts';
import type { CheckFinding } from './check.ts';
import type { StageVerdict } from './stage-verdict.ts';

/** The verdict as it may be shown: what was judged were the values as they came. */
export function maskVerdict(verdict: StageVerdict): StageVerdict {
  const { checks, findings, picture } = verdict;
  const maskedChecks = checks.map((check) => ({
    ...check,
    findings: check.findings.map(maskFinding),
    picture: maskSecrets(check.picture),
  }));
  return { ...verdict, checks: maskedChecks, findings: findings.map(maskFinding), picture: maskSecrets(picture) };
}

/** The finding without the secrets that it tells of: its message says whose they are, its other texts only what they are. */
export function maskFinding(finding: CheckFinding): CheckFinding {
  const secrets = secretsIn(finding.message);
  const hide = (text: string) => secrets.reduce((shown, secret) => shown.replaceAll(secret, maskValue(secret)), text);
  const { expected, actual, hint } = finding;
  return maskSecrets({ ...finding, hint: hide(hint), expected: hide(expected), actual: hide(actual) });
}
