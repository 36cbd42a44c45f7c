import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'What the framework gives',
  minutes: 20,
  goal: 'Every request of every service has its span, named by its route and joined to its caller, and nobody draws it by hand.',
  processes: ['shop', 'warehouse', 'payments'],
  startFinding: 'missing-span',
  edit: [
    'hook.ts (new) and Procfile: the hook for ES modules, loaded first',
    'tracing.ts: the instrumentations of http and express',
    'shop/main.ts, warehouse/main.ts, payments/main.ts, lib/: own SERVER spans out',
    'lib/http-client.ts: own CLIENT spans and propagation out',
  ],
  hints: ['Add two instrumentations, look at what is there twice, and delete your own.'],
  retires: [
    {
      check: 'calls-across-services',
      reason:
        'The library makes the spans of a call now. It sees every try, but does not know that it is one: `http.request.resend_count` is gone, and the check of this stage does not ask for it.',
    },
  ],
  notice: 'Fewer lines than before, and more spans: also of routes that nobody ever thought of.',
});
