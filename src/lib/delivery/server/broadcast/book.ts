import { log } from '../../../platform/server/log.ts';
import { flushAfter, flushAt, note, type Said } from './ledger.ts';
import type { Lane, Station } from './station.ts';

/** Collects what tries came to and writes it down in strokes. */
export interface Book {
	add(said: Said): void;
	/** Everything that was added is written down. */
	settled(): Promise<void>;
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** While the database is away what is known is kept and tried again: it is needed nowhere more. */
const patience = [100, 300, 1000, 3000, 10_000];

/** The book of one batch: strokes follow each other, never two at a time. */
export function openBook(
	{ db }: Station,
	no: number,
	lane: Lane,
	also: (said: Said[]) => Promise<void> = async () => {}
): Book {
	let waiting: Said[] = [];
	let timer: NodeJS.Timeout | undefined;
	let writing: Promise<void> | undefined;
	let fault: unknown;

	async function write() {
		while (waiting.length) {
			const stroke = waiting;
			waiting = [];
			await persist(stroke);
		}
		writing = undefined;
	}
	async function persist(stroke: Said[]) {
		for (let round = 0; ; round++) {
			try {
				await also(stroke);
				return await note(db, no, lane.id, stroke);
			} catch (reason) {
				if (round === patience.length) throw reason;
				log.warn({ err: reason, broadcast: no }, 'ledger waits');
				await pause(patience[round]);
			}
		}
	}
	const flush = () => {
		clearTimeout(timer);
		timer = undefined;
		writing ??= write().catch((reason) => {
			fault = reason;
			writing = undefined;
		});
	};

	return {
		add(said) {
			waiting.push(said);
			if (waiting.length >= flushAt) flush();
			else timer ??= setTimeout(flush, flushAfter);
		},
		async settled() {
			do {
				flush();
				await writing;
			} while (waiting.length && !fault);
			if (fault) throw fault;
		}
	};
}
