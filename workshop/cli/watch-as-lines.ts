import { renderStageVerdict } from '../render/render-stage-verdict.ts';
import { renderTask } from '../render/render-task.ts';
import type { WatchState } from '../watch/watch-state.ts';
import type { ScreenPlan } from './screen-options.ts';
import type { Surroundings } from './surroundings.ts';

/** Prints each verdict, page, hint and message of a watch once, for pipes and screen readers. */
export function asLines({ note }: Surroundings, { print, style: { paint } }: ScreenPlan) {
  let checked: WatchState['checked'];
  let told: readonly (string | undefined)[] = [];
  let doing: string | undefined;
  let stage: WatchState['stage'] | undefined;
  let page: string | undefined;
  let hints = 0;
  return (state: WatchState) => {
    if (state.stage !== stage) print(`\n${renderTask(state.stage, { width: state.columns, paint }).join('\n')}\n`);
    stage = state.stage;
    if (state.busy && state.busy.what !== doing) note(`… ${state.busy.what}`);
    doing = state.busy?.what;
    if (state.checked && state.checked !== checked) {
      print(
        `\n${renderStageVerdict(state.checked.verdict, { width: state.columns, paint }, { title: state.stage.definition.title, ...state.checked })}\n`,
      );
    }
    checked = state.checked;
    if (state.page !== undefined && state.page !== page) print(`\n${state.page}\n`);
    page = state.page;
    for (const hint of state.stage.definition.hints.slice(hints, state.hints)) print(`  Hint: ${hint}`);
    hints = state.hints;
    for (const text of [state.trouble, state.message]) if (text && !told.includes(text)) print(text);
    told = [state.trouble, state.message];
  };
}
