import type { Paint } from 'trace-shapes';

/** How wide a screen is, and how it may be painted. */
export type ScreenStyle = {
  readonly width: number;
  readonly paint: Paint;
};
