import type { ServerResponse } from 'node:http';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Encoding } from './route-request.ts';

/** Answers a good request: an empty response, in the encoding of the request. */
export function answerAccepted(response: ServerResponse, encoding: Encoding): void {
  send(response, 200, encoding, encoding === 'json' ? '{}' : '');
}

/** Answers a refused request: a `Status` that says what to set, in the encoding of the request where that is known. */
export function answerRefused(
  response: ServerResponse,
  status: number,
  message: string,
  encoding: Encoding = 'json',
): void {
  if (status === 405) response.setHeader('allow', 'POST');
  const code = RPC_CODES[status] ?? UNKNOWN;
  send(
    response,
    status,
    encoding,
    encoding === 'json' ? JSON.stringify({ code, message }) : encodeStatus(code, message),
  );
}

function send(response: ServerResponse, status: number, encoding: Encoding, body: string | Uint8Array): void {
  const contentType = encoding === 'json' ? 'application/json' : 'application/x-protobuf';
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** `google.rpc.Status`, of which OTLP's own definitions have no copy: code is field 1, message field 2. */
function encodeStatus(code: number, message: string): Uint8Array {
  return new BinaryWriter()
    .tag(1, WireType.Varint)
    .int32(code)
    .tag(2, WireType.LengthDelimited)
    .string(message)
    .finish();
}

/** The codes of gRPC that go with the HTTP statuses. */
const RPC_CODES: Readonly<Record<number, number>> = { 400: 3, 403: 7, 404: 5, 405: 12, 413: 8, 415: 3, 500: 13 };
const UNKNOWN = 2;
