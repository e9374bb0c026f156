import { fingerprint } from '../../platform/server/keys.ts';
import { readConfig } from '../../platform/server/config.ts';
import { isId } from '../../platform/ids.ts';
import type { Municipality } from '../../identity/server/index.ts';

const mark = (id: string) => Buffer.from(fingerprint('link-token', `message/${id}`), 'hex');
const markLength = 8;

/**
 * The 32 characters that open `/messages/TOKEN`: the message's id and eight bytes of a keyed
 * fingerprint. Short, so that it fits into an SMS; guessing one means 2^64 tries over the network.
 */
export const messageToken = (messageId: string) =>
	Buffer.concat([
		Buffer.from(messageId.replaceAll('-', ''), 'hex'),
		mark(messageId).subarray(0, markLength)
	]).toString('base64url');

/** The message a token belongs to; null for whatever we did not make. */
export function readMessageToken(token: string): string | null {
	if (!/^[\w-]{32}$/.test(token)) return null;
	const hex = Buffer.from(token, 'base64url').subarray(0, 16).toString('hex');
	const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
	return isId(id) && messageToken(id) === token ? id : null;
}

/** Where links lead: ORIGIN, else the municipality's own host, else this machine. */
export function originOf({ hosts }: Pick<Municipality, 'hosts'>): string {
	const { ORIGIN, PORT } = readConfig();
	if (ORIGIN) return ORIGIN;
	const [host] = hosts;
	if (!host) return `http://localhost:${PORT}`;
	return host.endsWith('localhost') ? `http://${host}:${PORT}` : `https://${host}`;
}
