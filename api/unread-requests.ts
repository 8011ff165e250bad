import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ApiError, errorBody, statusOf } from './errors.ts';

/** Why Node could not read a request, by its code for that. */
const refusals: Record<string, ApiError> = {
  HPE_HEADER_OVERFLOW: new ApiError(
    'HEADERS_TOO_LARGE',
    'The path with its parameters and the headers are longer than 16 kB.',
  ),
  ERR_HTTP_REQUEST_TIMEOUT: new ApiError(
    'REQUEST_TIMEOUT',
    'The request did not come to its end. Please send it again.',
  ),
};
const unread = new ApiError(
  'INVALID_REQUEST',
  'The request is no HTTP that can be read: in a path, other letters than those of ASCII are written with "%".',
);

/** Answers what Node refuses before there is a request, and ends its connection: in the envelope too. */
export function answerUnread(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const refusal = refusals[error.code ?? ''] ?? unread;
  const status = statusOf[refusal.code];
  const body = JSON.stringify(errorBody(refusal));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroy(error);
}
