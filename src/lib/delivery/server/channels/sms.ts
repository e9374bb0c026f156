import { TryLater, type Answer, type Channel } from '../../channel.ts';
import { measure } from '../../gsm7.ts';
import { retryAfter } from './retry-after.ts';

export interface Gateway {
	/** Where to POST. User name and password in it travel as Basic authorization. */
	url: string;
	timeout?: number;
}

/**
 * A generic SMS gateway: `POST` JSON `{ id, to, text, encoding, segments }`, where `encoding` is
 * `gsm7` or `ucs2`, chosen by us, for a gateway that guesses sends question marks. It answers 2xx
 * with `{ id? }` when it took the message, 400, 404 or 422 when this message never can be sent, 410 when
 * the number is no more; anything else is tried again, after `Retry-After` where there is one.
 */
export function sms({ url, timeout = 10_000 }: Gateway): Channel {
	const { address, authorization } = credentials(url);
	return {
		async send({ messageId, to, text }): Promise<Answer> {
			const { encoding, segments } = measure(text);
			const response = await fetch(address, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...authorization },
				body: JSON.stringify({ id: messageId, to, text, encoding, segments }),
				redirect: 'error',
				signal: AbortSignal.timeout(timeout)
			}).catch((reason: Error) => {
				throw new TryLater(`sms_${reason.name === 'TimeoutError' ? 'timeout' : 'network'}`);
			});
			return await answerTo(response);
		}
	};
}

function credentials(url: string) {
	const address = new URL(url);
	const { username, password } = address;
	address.username = address.password = '';
	const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
	const authorization: Record<string, string> = username
		? { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
		: {};
	return { address, authorization };
}

const never = new Set([400, 404, 422]);

async function answerTo(response: Response): Promise<Answer> {
	const fault = `sms_${response.status}`;
	if (response.ok) {
		const { id } = (await response.json().catch(() => ({}))) as { id?: unknown };
		return {
			outcome: 'accepted',
			gatewayRef: id === undefined ? undefined : String(id).slice(0, 100)
		};
	}
	await response.body?.cancel();
	if (response.status === 410) return { outcome: 'gone', fault };
	if (never.has(response.status)) return { outcome: 'failed', fault };
	throw new TryLater(fault, retryAfter(response.headers.get('retry-after')));
}
