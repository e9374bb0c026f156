import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Change } from '../platform/server/changes.ts';

const id = /^[0-9a-f-]{36}$/;
const mostSubjects = 4;
/** Past this many a page asks the micro-cache now and then instead of holding a line. */
const mostStreams = 10_000;
const remembered = 2_000;
/** Clocks of several machines differ a little; telling somebody twice harms nobody. */
const slack = 5_000;
const beat = 25_000;

/**
 * Server-sent events (HTML, 9.2): an open page is told that what it shows has changed, by id alone.
 * Nobody learns more than that: the page then asks for itself, with its own cookies.
 */
export class Streams {
	#of = new Map<string, Set<ServerResponse>>();
	#open = new Set<ServerResponse>();
	#past: Change[] = [];
	/** Changes before this moment are not remembered. */
	#since = Date.now();
	#heart: NodeJS.Timeout | undefined;

	get open() {
		return this.#open.size;
	}

	/** Answers `GET /live?of=ID&of=ID`, resumed by `Last-Event-ID`. */
	answer(request: IncomingMessage, response: ServerResponse) {
		const asked = new URLSearchParams(request.url?.split('?', 2)[1] ?? '').getAll('of');
		const subjects = [...new Set(asked)];
		if (
			!subjects.length ||
			subjects.length > mostSubjects ||
			!subjects.every((each) => id.test(each))
		)
			return refuse(response, 400, 'of: name one to four ids of what the page shows.');
		if (this.#open.size >= mostStreams)
			return refuse(response, 503, 'Too many are watching at once. Reload the page now and then.');

		response.writeHead(200, {
			'content-type': 'text/event-stream',
			'cache-control': 'no-store',
			// A proxy that gathers answers before passing them on would hold every event back.
			'x-accel-buffering': 'no'
		});
		response.write(`retry: 5000\n\n${this.#missed(subjects, request.headers['last-event-id'])}`);
		this.#open.add(response);
		for (const subject of subjects) {
			const watching = this.#of.get(subject) ?? new Set();
			this.#of.set(subject, watching.add(response));
		}
		response.once('close', () => this.#leave(response, subjects));
		this.#heart ??= setInterval(() => this.#beat(), beat).unref();
	}

	/** Tells whoever watches the thing or its municipality. */
	tell(change: Change) {
		this.#past.push(change);
		if (this.#past.length > remembered) this.#since = this.#past.shift()!.at;
		for (const subject of [change.thingId, change.municipalityId])
			for (const response of this.#of.get(subject) ?? []) send(response, event(subject, change.at));
	}

	/** Ends every stream, so that the process can stop; browsers come back by themselves. */
	close() {
		clearInterval(this.#heart);
		for (const response of this.#open) response.end();
	}

	#missed(subjects: string[], lastId: string | string[] | undefined): string {
		if (typeof lastId !== 'string' || !/^\d{1,15}$/.test(lastId)) return '';
		const last = Number(lastId);
		// A phone whose stream began before what we remember, or on a clock that is wrong, looks again.
		if (last < this.#since) return subjects.map((each) => event(each, Date.now())).join('');
		return subjects
			.filter((each) =>
				this.#past.some(
					({ thingId, municipalityId, at }) =>
						(thingId === each || municipalityId === each) && at > last - slack
				)
			)
			.map((each) => event(each, Date.now()))
			.join('');
	}

	#leave(response: ServerResponse, subjects: string[]) {
		this.#open.delete(response);
		for (const subject of subjects) {
			const watching = this.#of.get(subject);
			watching?.delete(response);
			if (watching?.size === 0) this.#of.delete(subject);
		}
		if (this.#open.size) return;
		clearInterval(this.#heart);
		this.#heart = undefined;
	}

	#beat() {
		for (const response of this.#open) send(response, ':\n\n');
	}
}

const event = (subject: string, at: number) => `id: ${at}\nevent: changed\ndata: ${subject}\n\n`;

/** A phone that reads nothing for long is let go rather than kept in memory. */
function send(response: ServerResponse, text: string) {
	if (response.writableLength > 16_384) response.destroy();
	else response.write(text);
}

function refuse(response: ServerResponse, status: 400 | 503, sentence: string) {
	response.writeHead(status, {
		'content-type': 'text/plain; charset=utf-8',
		...(status === 503 && { 'retry-after': '60' })
	});
	response.end(sentence);
}
