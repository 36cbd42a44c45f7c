import type { Affected, Page } from '../pages/page.ts';
import { valueWords } from './changes-words.ts';
import { budgetOf, burnOf, promiseOf } from './objective-words.ts';
import { duration, listed, percent, plural, ticked } from './phrases.ts';
import { reasonWords } from './reason-words.ts';

/** A page in words: one line of what, and what speaks for it. */
export interface PageWords {
  readonly summary: string;
  readonly lines: readonly string[];
}

/** What a page says to the one who is woken. */
export function explainPage(page: Page): PageWords {
  const { service, hasCause, objectives, suspects, exemplarTraceId, newVersion, runbook, after } = page;
  const names = listed(objectives.map(({ objective }) => ticked(objective.name)));
  const verb = objectives.length === 1 ? 'burns' : 'burn';
  return {
    summary: hasCause ? `${names} ${verb}, because of ${ticked(service)}.` : `${names} ${verb}; no cause stands out.`,
    lines: [
      ...objectives.map((status) => {
        const burn = status.firing ? `, ${burnOf(status.firing)}` : '';
        return `${promiseOf(status.objective)} of ${ticked(status.objective.operation)}: budget ${budgetOf(status)}${burn}.`;
      }),
      `It began ${new Date(after.fromMs).toISOString()}, ${duration(after.toMs - after.fromMs)} ago.`,
      ...(newVersion ? [`Since about then ${ticked(service)} runs version ${newVersion}.`] : []),
      ...suspects.map(
        (suspect, i) =>
          `${i + 1}. ${ticked(suspect.service)} ${ticked(suspect.operation)}, ${percent(suspect.effect)} of it: ${[...suspect.reasons.map(reasonWords), ...(suspect.value ? [valueWords(suspect.value)] : [])].join('; ')}.`,
      ),
      ...(exemplarTraceId ? [`A trace that shows it: ${exemplarTraceId}`] : []),
      runbook ? `Runbook: ${runbook}` : `There is no runbook for ${ticked(service)}.`,
    ],
  };
}

/** The message to those who feel it and can do nothing about it, ready to be sent. */
export function draftMessage({ service, owner, objectives, after }: Page, { services, owner: to }: Affected): string {
  const broken = new Set(
    objectives.map(({ objective }) => `${ticked(objective.operation)} of ${ticked(objective.service)}`),
  );
  return [
    `To ${to}: ${listed([...broken])} ${broken.size === 1 ? 'breaks its promise' : 'break their promises'} since ${new Date(after.fromMs).toISOString()}.`,
    `You may see it in ${listed(services.map(ticked))}, ${services.length === 1 ? 'which is' : 'which are'} on the way to it. The cause is in ${ticked(service)}; ${owner} is paged.`,
    `There is nothing for you to do. We write again when it is over.`,
  ].join('\n');
}

/** How many are paged, and how many are told. */
export function countPages(pages: readonly Page[]): string {
  const told = new Set(pages.flatMap(({ affected }) => affected.map(({ owner }) => owner))).size;
  return `${plural(pages.length, 'page')}, ${plural(told, 'owner')} told`;
}
