import { anyInteger, internal, server, trace } from 'trace-shapes';

/** What one request must look like; whatever else is in the trace does not matter. */
export const bookRequest = trace(
  server(
    'GET /books/:isbn',
    { service: 'library', attributes: { 'http.response.status_code': anyInteger } },
    internal('find title', { attributes: { 'book.isbn': /^\d{13}$/ } }),
    internal('count visit'),
  ),
);
