import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { outwardLookup } from './inside.ts';

const patience = 15_000;
const longestAnswer = 4000;

export interface OutwardAnswer {
	status: number;
	/** What they say, cut short. */
	text: string;
}

/**
 * Posts a text to somebody else's server. Its name is resolved once and judged: what leads into our own
 * network is refused, unless `inside` says that somebody allowed it; nothing is followed.
 * @throws when nobody answers in 15 seconds
 */
export const postOutward = (
	url: URL,
	body: string,
	headers: Record<string, string>,
	{ inside = false } = {}
): Promise<OutwardAnswer> =>
	new Promise((answered, failed) => {
		const ask = url.protocol === 'https:' ? overHttps : overHttp;
		const sent = ask(
			url,
			{
				method: 'POST',
				...(inside ? {} : { lookup: outwardLookup() }),
				signal: AbortSignal.timeout(patience),
				headers: { ...headers, 'content-length': Buffer.byteLength(body) }
			},
			(response) => {
				let text = '';
				response.setEncoding('utf8');
				response.on('data', (part: string) => {
					text = (text + part).slice(0, longestAnswer);
				});
				response.on('end', () => answered({ status: response.statusCode ?? 0, text }));
				response.on('error', failed);
			}
		);
		sent.on('error', failed);
		sent.end(body);
	});
