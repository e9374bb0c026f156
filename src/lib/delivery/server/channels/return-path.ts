import { fingerprint } from '../../../platform/server/keys.ts';

const markLength = 16;
const plain = (messageId: string) => messageId.replaceAll('-', '');
const mark = (id: string) => fingerprint('hook', `bounce/${id}`).slice(0, markLength);

/**
 * The address one message comes back to, whatever the other side writes into its report:
 * `bounce+0199…-3f2a…@khanyisa.gov.za`. The second half shows that we wrote it.
 */
export function returnPath(messageId: string, bounce: string): string {
	const [box, domain] = bounce.split('@');
	return `${box}+${plain(messageId)}-${mark(plain(messageId))}@${domain}`;
}

/** The message a returned letter belongs to; null for an address we did not write. */
export function readReturnPath(address: string): string | null {
	const [, id, shown] = /\+([0-9a-f]{32})-([0-9a-f]{16})@/i.exec(address.toLowerCase()) ?? [];
	if (!id || mark(id) !== shown) return null;
	return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
