// trace-shapes/render: findings and pictures → text.
export { toOneLine, toPlainText } from '../otlp/plain-text.ts';
export { displayWidth } from '../render/display-width.ts';
export { createPaint, type Paint } from '../render/paint.ts';
export { type PictureStyle, renderDuration, renderPicture } from '../render/render-picture.ts';
export { renderTrace } from '../render/render-trace.ts';
export { type RenderOptions, renderFinding, renderVerdict } from '../render/render-verdict.ts';
export { wrap } from '../render/wrap.ts';
