/** Seconds to wait, from a Retry-After header in either of its forms (RFC 9110 10.2.3); null when it says nothing. */
export function retryAfter(header: string | null | undefined, now = new Date()): number | null {
	if (!header) return null;
	if (/^\d+$/.test(header.trim())) return Number(header);
	const at = Date.parse(header);
	return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1000));
}
