import { TryLater, type Answer, type Channel, type Parcel, type Way } from '../../../channel.ts';
import { measure } from '../../../gsm7.ts';
import { dial } from '../dial.ts';
import { retryAfter } from '../retry-after.ts';
import { asQuery, asUtf16be, at, type Value } from './bytes.ts';
import type { HttpGateway, Told } from './shape.ts';

/** An answer longer than this is none; a gateway needs a line. */
const longestAnswer = 64 * 1024;

export interface Facing {
	/** Where this gateway reports what became of a message; none while we have no public address. */
	receiptUrl?: (messageId: string) => string | null;
}

/** One HTTP gateway, whatever its form. The encoding is chosen by us and said where there is a field for it. */
export function httpGateway(gateway: HttpGateway, { receiptUrl }: Facing = {}): Channel {
	const way: Way = { name: `sms/${gateway.name}`, probe: () => dial(gateway.url, gateway.timeout) };
	return {
		ways: () => [way],
		async send(parcel): Promise<Answer> {
			if (gateway.longest !== null && parcel.text.length > gateway.longest)
				return { outcome: 'failed', fault: 'sms_too_long', way: way.name };
			const request = requestFor(gateway, parcel, receiptUrl?.(parcel.messageId) ?? null);
			const response = await fetch(request.url, {
				method: gateway.method,
				headers: request.headers,
				body: request.body,
				redirect: 'manual',
				signal: AbortSignal.timeout(gateway.timeout)
			}).catch(asLater);
			return { ...(await answerTo(gateway, response)), way: way.name };
		}
	};
}

export interface Request {
	url: string;
	headers: Record<string, string>;
	body?: string;
}

/** The request as it leaves, to the octet. */
export function requestFor(
	gateway: HttpGateway,
	{ messageId, to, text }: Pick<Parcel, 'messageId' | 'to' | 'text'>,
	receiptUrl: string | null = null
): Request {
	const { encoding, segments } = measure(text);
	const wide = encoding === 'ucs2';
	const told: Record<Told, Value | number | null> = {
		id: messageId,
		to: gateway.number === 'bare' ? to.replace(/^\+/, '') : to,
		text: wide && gateway.ucs2 === 'utf16be' && gateway.body !== 'json' ? asUtf16be(text) : text,
		from: gateway.from || null,
		encoding,
		segments,
		receiptUrl
	};
	if (gateway.method === 'GET' && wide && gateway.ucs2 === 'utf16be') told.text = asUtf16be(text);

	const fields: Array<[string, Value | number]> = [
		...Object.entries(gateway.always).map(([name, value]): [string, Value] => [
			name,
			fill(value, gateway)
		]),
		...Object.entries(gateway.fields).flatMap(([word, name]): Array<[string, Value | number]> => {
			const value = told[word as Told];
			return value === null || !name ? [] : [[name, value]];
		}),
		...(wide ? Object.entries(gateway.whenUcs2) : [])
	];
	return written(gateway, fields);
}

const fill = (text: string, { user, password, from }: HttpGateway) =>
	text.replace(/\{(user|password|from)\}/g, (_, word: 'user') => ({ user, password, from })[word]);

function written(gateway: HttpGateway, fields: Array<[string, Value | number]>): Request {
	const headers = headersOf(gateway);
	if (gateway.method === 'POST' && gateway.body === 'json')
		return {
			url: gateway.url,
			headers: { ...headers, 'content-type': 'application/json' },
			body: JSON.stringify(Object.fromEntries(fields))
		};
	const query = asQuery(
		fields.map(([name, value]) => [name, typeof value === 'number' ? String(value) : value])
	);
	if (gateway.method === 'POST')
		return {
			url: gateway.url,
			headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
			body: query
		};
	const glue = new URL(gateway.url).search ? '&' : '?';
	return { url: gateway.url + glue + query, headers };
}

/** Name and password nobody put anywhere travel as Basic authorization. */
function headersOf(gateway: HttpGateway): Record<string, string> {
	const { user, password, headers, always } = gateway;
	const said = [...Object.values(headers), ...Object.values(always)].some((value) =>
		/\{(user|password)\}/.test(value)
	);
	const own = Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), fill(value, gateway)])
	);
	if (said || !user) return own;
	return {
		...own,
		authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
	};
}

/** Refused before anything was read: another gateway may be asked at once. */
const neverArrived = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

function asLater(reason: Error): never {
	const { code = '' } = (reason.cause ?? {}) as { code?: string };
	const untouched = neverArrived.has(code);
	throw new TryLater(
		reason.name === 'TimeoutError' ? 'sms_timeout' : 'sms_network',
		null,
		untouched
	);
}

const never = new Set([400, 404, 422]);
/** It says itself that it did not take it. */
const refused = new Set([401, 402, 403, 429, 503]);

async function answerTo(gateway: HttpGateway, response: Response): Promise<Answer> {
	const fault = `sms_${response.status}`;
	if (!response.ok) {
		await response.body?.cancel();
		if (response.status === 410) return { outcome: 'gone', fault };
		if (never.has(response.status)) return { outcome: 'failed', fault };
		throw new TryLater(
			fault,
			retryAfter(response.headers.get('retry-after')),
			refused.has(response.status)
		);
	}
	return meaningOf(gateway, await bounded(response));
}

/** What a 2xx said. A word nobody knows may hide a message that was taken: it is asked again, not elsewhere. */
export function meaningOf({ answer }: Pick<HttpGateway, 'answer'>, text: string): Answer {
	const json = parsed(text);
	const gatewayRef = (answer.idAt && at(json, answer.idAt)?.slice(0, 100)) || undefined;
	if (!answer.taken) return { outcome: 'accepted', gatewayRef };

	const word = answer.at ? at(json, answer.at) : text.trim();
	const is = (expression: string | null) =>
		word !== null && expression !== null && new RegExp(expression).test(word);
	if (is(answer.taken)) return { outcome: 'accepted', gatewayRef };
	if (is(answer.gone)) return { outcome: 'gone', fault: 'sms_gone' };
	if (is(answer.never)) return { outcome: 'failed', fault: 'sms_refused' };
	throw new TryLater('sms_answer');
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

async function bounded(response: Response): Promise<string> {
	const parts: Uint8Array[] = [];
	let size = 0;
	try {
		for await (const part of response.body ?? []) {
			size += part.length;
			if (size > longestAnswer) throw new TryLater('sms_endless');
			parts.push(part);
		}
	} catch (reason) {
		if (reason instanceof TryLater) throw reason;
		return asLater(reason as Error);
	}
	return Buffer.concat(parts).toString('utf8');
}
