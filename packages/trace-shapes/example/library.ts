import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SpanKind, trace } from '@opentelemetry/api';

const { later } = (await import(process.argv[2] ?? './jobs.ts')) as typeof import('./jobs.ts');
const tracer = trace.getTracer('library');
const titles = new Map([['9780131103627', 'The C Programming Language']]);
const visits = new Map<string, number>();

const server = createServer((request, response) => {
  tracer.startActiveSpan('GET /books/:isbn', { kind: SpanKind.SERVER }, (span) => {
    const isbn = request.url?.split('/').at(-1) ?? '';
    const title = findTitle(isbn);
    later(() => countVisit(isbn));
    response.writeHead(title === undefined ? 404 : 200).end(title);
    span.setAttribute('http.response.status_code', response.statusCode);
    span.end();
  });
});

function findTitle(isbn: string): string | undefined {
  return tracer.startActiveSpan('find title', (span) => {
    span.setAttribute('book.isbn', isbn);
    span.end();
    return titles.get(isbn);
  });
}

function countVisit(isbn: string): void {
  tracer.startActiveSpan('count visit', (span) => {
    visits.set(isbn, (visits.get(isbn) ?? 0) + 1);
    span.end();
    console.log(`counted ${isbn}`);
  });
}

server.listen(0, '127.0.0.1', () => console.log(`listening on ${(server.address() as AddressInfo).port}`));
