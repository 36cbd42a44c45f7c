import { expect, test } from 'vitest';
import { withoutComments } from './without-comments.ts';

test('leaves out comments on lines of their own, behind code and over lines, and keeps the lines', () => {
  const text = "a() // sdk.start()\n/* sdk.start()\n   b() */ c()\n  // d()\nurl = 'http://localhost' // e()\n";
  expect(withoutComments('tracing.ts', text)).toBe("a() \n\n c()\n  \nurl = 'http://localhost' \n");
});

test('takes nothing within a string for a comment', () => {
  const text = "one = 'it is \\' // here'; two = \"/* here */\"; three = `http://host/x`\n";
  expect(withoutComments('shop/main.ts', text)).toBe(text);
});

test('leaves out what is behind a hash in a Procfile', () => {
  expect(withoutComments('Procfile', '# OTEL_SDK_DISABLED=true\nshop: node main.ts // not one\n')).toBe(
    '\nshop: node main.ts // not one\n',
  );
});
