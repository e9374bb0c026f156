import type { Waiting } from './later.ts';

/** What became of something that was sent; null is no answer at all: it waits on. */
export type Became = Pick<Waiting, 'state' | 'said' | 'at'> | null;

/** Ask again later: too many at once, or a server that is away. */
const notNow = (status: number) => status === 408 || status === 429 || status >= 500;

interface Result {
	type?: string;
	status?: number;
	location?: string;
	data?: string;
	error?: { message?: string };
	message?: string;
}

/**
 * Reads the answer to a form sent from the phone (SvelteKit's action result). Anything else, such as
 * the page of a hotspot that wants a voucher first, is no answer of ours, and it waits on.
 */
export async function became(response: Response): Promise<Became> {
	if (!response.headers.get('content-type')?.includes('json')) return null;
	const result = (await response.json().catch(() => ({}))) as Result;
	const status = result.status ?? response.status;
	if (result.type === 'redirect' || result.type === 'success')
		return { state: 'sent', said: [], at: pathOf(result.location) };
	if (status < 400) return null;
	const message = result.error?.message ?? result.message;
	const words = result.type === 'failure' ? wordsIn(result.data) : [];
	const said = words.length || !message ? words : [message];
	return { state: notNow(status) ? 'waiting' : 'refused', said, at: '' };
}

/** Only our own pages. */
const pathOf = (location = '') => (/^\/(?!\/)/.test(location) ? location : '');

/** The sentences of a refusal: one of a small form, or one for each field. */
function wordsIn(data = ''): string[] {
	const { refusal, problems } = (unflat(data) ?? {}) as {
		refusal?: unknown;
		problems?: Array<{ message?: unknown }>;
	};
	const all = [refusal, ...(Array.isArray(problems) ? problems.map((each) => each?.message) : [])];
	return all.filter((each): each is string => typeof each === 'string' && each !== '');
}

/** Devalue's flat form, as far as our refusals use it: a list of values that name each other by number. */
function unflat(text: string): unknown {
	let values: unknown[];
	try {
		values = JSON.parse(text);
	} catch {
		return null;
	}
	const at = (index: unknown, depth: number): unknown => {
		if (!Array.isArray(values) || typeof index !== 'number' || index < 0 || depth > 8) return null;
		const value = values[index];
		if (Array.isArray(value)) return value.map((each) => at(each, depth + 1));
		if (value && typeof value === 'object')
			return Object.fromEntries(
				Object.entries(value).map(([name, each]) => [name, at(each, depth + 1)])
			);
		return value;
	};
	return at(0, 0);
}
