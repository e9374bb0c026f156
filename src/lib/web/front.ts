import type { IncomingMessage, ServerResponse } from 'node:http';
import { hearChanges } from '../platform/server/changes.ts';
import type { Database } from '../platform/server/db.ts';
import { chosen } from './encoding.ts';
import { Streams } from './live.ts';
import { isHeld, keyOf, packedAs, PageCache, type KeptPage, type Packed } from './page-cache.ts';

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

	const key = keyOf(request);
	if (!key) return pass();
	const page = pages.get(key);
	if (page) return hand(page, request, response);

	const turn = pages.begin(key);
	if ('first' in turn) {
		response.once('close', turn.first);
		return pass();
	}
	const { drops } = pages;
	void turn.wait.then(() => {
		const made = pages.get(key);
		if (made) hand(made, request, response);
		// It changed while it was made: one of those who wait makes it anew, not all of them at once.
		else if (pages.drops > drops) answer(request, response, pass);
		else pass();
	});
}

function hand(page: KeptPage, request: IncomingMessage, response: ServerResponse) {
	const { 'if-none-match': held, 'accept-encoding': accepted } = request.headers;
	if (held && isHeld(page.etag, held)) {
		response.writeHead(304, [...page.headers, ['etag', page.etag]].flat());
		return void response.end();
	}
	const packed = packedAs(page, chosen(accepted ?? '') ?? 'identity');
	if (packed instanceof Promise) void packed.then((ready) => send(ready, response));
	else send(packed, response);
}

function send({ headers, body }: Packed, response: ServerResponse) {
	response.writeHead(200, headers);
	response.end(body, 'latin1');
}
