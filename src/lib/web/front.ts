import type { IncomingMessage, ServerResponse } from 'node:http';
import { hearChanges } from '../platform/server/changes.ts';
import type { Database } from '../platform/server/db.ts';
import { choose } from './encoding.ts';
import { Streams } from './live.ts';
import { cacheKey, isHeld, packedAs, PageCache, type KeptPage } from './page-cache.ts';

export const pages = new PageCache();
export const streams = new Streams();

/** What stands before the pages: `serve.ts` finds it here, because it must not load a second copy of us. */
export interface Front {
	/** Answers by itself, or calls `pass` to let a page be made. */
	answer(request: IncomingMessage, response: ServerResponse, pass: () => void): void;
}
export const frontDesk = Symbol.for('imbizo');

/** Opens the front desk of this process; what changes anywhere is heard here. Call the answer to stop hearing. */
export async function openFront(database: Database) {
	const deaf = await hearChanges(database, (change) => {
		pages.drop(change.municipalityId);
		streams.tell(change);
	});
	const front: Front = { answer };
	Object.assign(globalThis, { [frontDesk]: front });
	// Open streams would hold the server's graceful stop until its last second.
	const close = () => streams.close();
	process.once('SIGTERM', close).once('SIGINT', close);
	return deaf;
}

function answer(request: IncomingMessage, response: ServerResponse, pass: () => void) {
	if (request.method === 'GET' && request.url?.startsWith('/live?'))
		return streams.answer(request, response);

	const key = cacheKey({
		method: request.method,
		url: request.url,
		header: (name) => request.headers[name] as string | undefined
	});
	if (!key) return pass();
	const page = pages.get(key);
	if (page) return void hand(page, request, response);

	const turn = pages.begin(key);
	if ('first' in turn) {
		response.once('close', turn.first);
		return pass();
	}
	void turn.wait.then(() => {
		const made = pages.get(key);
		if (made) void hand(made, request, response);
		else pass();
	});
}

async function hand(page: KeptPage, request: IncomingMessage, response: ServerResponse) {
	if (isHeld(page.etag, request.headers['if-none-match'])) {
		response.writeHead(304, [...page.headers, ['etag', page.etag]].flat());
		return response.end();
	}
	const coding = choose(request.headers['accept-encoding'] ?? '') ?? 'identity';
	const body = await packedAs(page, coding);
	const headers = [
		...page.headers,
		['etag', page.etag],
		['x-kept', '1'],
		['content-length', String(body.length)]
	];
	if (coding !== 'identity') headers.push(['content-encoding', coding]);
	response.writeHead(200, headers.flat());
	response.end(body);
}
