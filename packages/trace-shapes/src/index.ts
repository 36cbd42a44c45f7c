// Everything but the matchers for Vitest. Each part can be had on its own: trace-shapes/receive, /build, /match, /render.
export * from './entry/build.ts';
export * from './entry/match.ts';
export * from './entry/receive.ts';
export * from './entry/render.ts';
