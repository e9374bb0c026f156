import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import webPush from 'web-push';
import { TryLater, type Answer, type Channel, type Parcel } from '../../channel.ts';
import type { PushSubscription } from '../../push.ts';
import { LeadsInside, outwardLookup } from './inside.ts';
import { endpointObstacle, isAllowed } from './push-hosts.ts';
import { retryAfter } from './retry-after.ts';

export interface Pusher {
	/** VAPID (RFC 8292): base64url keys, and a real address of whoever runs this. */
	vapid: { publicKey: string; privateKey: string; subject: string };
	/** Further hosts, for tests: `127.0.0.1:PORT`. */
	allow?: string;
	timeout?: number;
	/** Certificates to trust besides the usual ones, for tests. */
	ca?: string;
	/** How names become addresses: only those outside of our own network. */
	lookup?: LookupFunction;
}

const day = 86_400;

/** How long a push service keeps it for a phone that is off, in seconds. Never 0: that phone would never hear. */
const keep = { code: 600, normal: 3 * day, emergency: day };

/** The declarative form (Safari 18.4 shows it without a service worker; ours reads the same JSON). */
const declarative = ({ title, text, url, language, messageId, urgency }: Parcel, full: boolean) =>
	JSON.stringify({
		web_push: 8030,
		notification: {
			title,
			...(full && { body: text }),
			navigate: url,
			lang: `${language}-ZA`,
			tag: messageId,
			requireInteraction: urgency === 'emergency'
		}
	});

interface Reply {
	status: number;
	location?: string;
	retryAfter: string | undefined;
}

/** Web push (RFC 8030, 8291, 8292). What a push service says is turned into our words, and redirects are not followed. */
export function webPushChannel(settings: Pusher): Channel {
	const post = async (parcel: Parcel, full: boolean): Promise<Reply> => {
		const subscription: PushSubscription = JSON.parse(parcel.to);
		const words = declarative(parcel, full);
		// Sealed with a key prepared long ago, where there is one for this very text.
		const ready = full ? ((await parcel.seal?.(words)) ?? null) : null;
		const { endpoint, method, headers, body } = webPush.generateRequestDetails(
			subscription,
			ready ? undefined : words,
			{
				vapidDetails: settings.vapid,
				TTL: keep[parcel.urgency],
				urgency: parcel.urgency === 'normal' ? 'normal' : 'high',
				contentEncoding: 'aes128gcm'
			}
		);
		if (!ready) return await exchange(endpoint, { method, headers, body }, settings);
		const told = { ...headers, ...contentOf(ready) };
		return await exchange(endpoint, { method, headers: told, body: ready }, settings);
	};

	return {
		async send(parcel): Promise<Answer> {
			const { endpoint }: PushSubscription = JSON.parse(parcel.to);
			const obstacle = endpointObstacle(endpoint, settings.allow);
			if (obstacle) return { outcome: 'failed', fault: `push_${obstacle}` };
			try {
				const reply = await post(parcel, true);
				return answerTo(reply.status === 413 ? await post(parcel, false) : reply);
			} catch (reason) {
				if (reason instanceof LeadsInside) return { outcome: 'failed', fault: 'push_inside' };
				throw reason;
			}
		}
	};
}

const contentOf = (body: Buffer) => ({
	'Content-Length': body.length,
	'Content-Type': 'application/octet-stream',
	'Content-Encoding': 'aes128gcm'
});

/** A push service's answer in our words (domain rule: only 404 and 410 forget a subscription). */
export function answerTo({ status, location, retryAfter: wait }: Reply): Answer {
	const fault = `push_${status}`;
	if (status >= 200 && status < 300) return { outcome: 'accepted', gatewayRef: location };
	if (status === 404 || status === 410) return { outcome: 'gone', fault };
	if (status === 401 || status === 403) throw new TryLater(fault, 3600);
	if (status === 429 || status >= 500) throw new TryLater(fault, retryAfter(wait));
	return { outcome: 'failed', fault };
}

interface Exchange {
	method: string;
	headers: Record<string, unknown>;
	body: Buffer | null;
}

function exchange(
	endpoint: string,
	{ method, headers, body }: Exchange,
	{ timeout = 10_000, ca, allow = '', lookup = outwardLookup() }: Pusher
): Promise<Reply> {
	const url = new URL(endpoint);
	const outward = isAllowed(url, allow) ? {} : { lookup };
	const ask = url.protocol === 'https:' ? overHttps : overHttp;
	return new Promise((resolve, reject) => {
		const sent = ask(
			url,
			{
				method,
				headers: headers as Record<string, string>,
				timeout,
				...outward,
				...(ca && { ca })
			},
			(response) => {
				response.resume();
				resolve({
					status: response.statusCode ?? 0,
					location: response.headers.location,
					retryAfter: response.headers['retry-after']
				});
			}
		);
		sent.on('timeout', () => sent.destroy(new Error('timeout')));
		sent.on('error', (fault: NodeJS.ErrnoException) => reject(reasonOf(fault)));
		sent.end(body);
	});
}

function reasonOf(fault: NodeJS.ErrnoException) {
	if (fault instanceof LeadsInside) return fault;
	return new TryLater(fault.syscall === 'getaddrinfo' ? 'push_no_name' : 'push_network');
}
