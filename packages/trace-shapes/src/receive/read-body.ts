import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Refusal } from './refusal.ts';

export interface BodyOptions {
  readonly gzip: boolean;
  /** The most bytes, both as sent and as unpacked. */
  readonly maxBytes: number;
}

/** Reads a request's body, unpacked. Throws a `Refusal` as soon as it is too large, without reading or unpacking the rest. */
export function readBody(request: IncomingMessage, { gzip, maxBytes }: BodyOptions): Promise<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.reject(tooLarge(maxBytes));
  const unpacked = gzip ? request.pipe(createGunzip({ chunkSize: 64 * 1024 })) : request;
  return new Promise<Uint8Array>((resolve, reject) => {
    if (gzip) limitSize(request, maxBytes, reject);
    const chunks = limitSize(unpacked, maxBytes, reject);
    unpacked.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    if (gzip) unpacked.once('error', (error) => reject(notGzip(error)));
    request.once('error', () => reject(hungUp()));
    request.once('close', () => {
      if (!request.complete) reject(hungUp());
    });
  }).catch((error: unknown) => {
    // The rest of the request is read and thrown away, so that the client gets as far as reading the answer.
    if (gzip) request.unpipe();
    if (unpacked !== request) unpacked.destroy();
    request.resume();
    throw error;
  });
}

function limitSize(stream: Readable, maxBytes: number, refuse: (refusal: Refusal) => void): Buffer[] {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else refuse(tooLarge(maxBytes));
  });
  return chunks;
}

function tooLarge(maxBytes: number): Refusal {
  const limit = maxBytes >= MEBIBYTE ? `${Math.floor(maxBytes / MEBIBYTE)} MiB` : `${maxBytes} bytes`;
  return new Refusal(
    413,
    `The body has more than ${limit}, unpacked. Export smaller batches: OTEL_BSP_MAX_EXPORT_BATCH_SIZE=512.`,
  );
}

function notGzip(error: Error): Refusal {
  return new Refusal(400, `The content-encoding is gzip, but the body cannot be unpacked: ${error.message}.`);
}

function hungUp(): Refusal {
  return new Refusal(400, 'The client hung up before the end of its request.');
}

const MEBIBYTE = 1024 * 1024;
