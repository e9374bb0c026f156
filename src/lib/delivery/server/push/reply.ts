import { LeadsInside } from '../channels/inside.ts';

/** What came back for one push. Status 0: no answer (network, timeout, reset), with a fault code of ours. */
export interface PushReply {
	status: number;
	/** Seconds, where the service named any. */
	retryAfter: number | null;
	/** Where the service keeps it (RFC 8030, 5). */
	location?: string;
	fault?: string;
}

export type Meaning = 'accepted' | 'gone' | 'smaller' | 'later' | 'origin_stopped' | 'failed';

/** Faults that no waiting mends: the address itself is no push service's. */
const hopeless = new Set(['not_an_address', 'not_https', 'unknown_host', 'inside']);

/**
 * A status in our words: the table of domain/alerts.md, 10. Only 404 and 410 say that a subscription is
 * gone; what may pass by itself is tried again; a redirect is a failure.
 */
export function meaningOf({ status, fault }: PushReply): Meaning {
	if (status === 0) {
		if (fault === 'origin_stopped') return 'origin_stopped';
		return hopeless.has(fault ?? '') ? 'failed' : 'later';
	}
	if (status >= 200 && status < 300) return 'accepted';
	if (status === 404 || status === 410) return 'gone';
	if (status === 413) return 'smaller';
	if (status === 401 || status === 403) return 'origin_stopped';
	if (status === 408 || status === 429 || status >= 500) return 'later';
	return 'failed';
}

/** Why there was no answer, as a code for operators. */
export function faultOf(reason: Error): string {
	if (reason instanceof LeadsInside) return 'inside';
	const { code = '', syscall } = reason as NodeJS.ErrnoException;
	if (syscall === 'getaddrinfo') return 'no_name';
	if (/CERT|ISSUER|VERIFY/.test(code)) return 'certificate';
	return /ECONNRESET|EPIPE|STREAM_ERROR|SESSION_ERROR/.test(code) ? 'reset' : 'network';
}

export const noAnswer = (fault: string, retryAfter: number | null = null): PushReply => ({
	status: 0,
	retryAfter,
	fault
});
