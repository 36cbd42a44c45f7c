import type { Unmeasured } from '../objectives/find-unmeasured.ts';
import type { Finding } from './finding.ts';
import { listed, ticked } from './phrases.ts';

/** What an objective without spans is about, and what there is instead. */
export function explainUnmeasured({ code, objective, isServiceSeen, there }: Unmeasured): Finding {
  const { name, service, operation, origin } = objective;
  const missing = isServiceSeen ? `${ticked(service)} never did that` : `not one span of ${ticked(service)} came`;
  return {
    code,
    service,
    message: `${ticked(name)} promises something of ${ticked(operation)}, and ${missing}.`,
    hint: there.length === 0 ? 'There is no span at all.' : `There are ${listed(there.map(ticked))}.`,
    ...(origin.kind === 'declared' ? { location: { file: origin.file, line: origin.line } } : {}),
  };
}
