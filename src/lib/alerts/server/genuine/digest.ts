import { createHash } from 'node:crypto';

/** CAP 1.2 names files by their SHA-1 (3.2.3): it tells that a file is whole; the signature tells who made it. */
export const digestOf = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex');
