import { insist } from '../../../platform/server/insist.ts';
import { log } from '../../../platform/server/log.ts';
import { flushAfter, flushAt, mostUnwritten, note, type Said } from './ledger.ts';
import type { Batch, Lane, Station } from './station.ts';

/** Collects what tries came to and writes it down in strokes. */
export interface Book {
	add(said: Said): void;
	/** Waits while so much is unwritten that a crash would tell many twice. False when nothing can be written: tell nobody more. */
	room(): Promise<boolean>;
	/** Everything that was added is written down. */
	settled(): Promise<void>;
}

/** While the database is away what is known is kept and tried again: it is needed nowhere more. */
const patience = [100, 300, 1000, 3000, 10_000];

/** The book of one batch: strokes follow each other, never two at a time. */
export function openBook(
	{ db, id }: Station,
	{ no, chunk }: Batch,
	lane: Lane,
	also: (said: Said[]) => Promise<void> = async () => {}
): Book {
	let waiting: Said[] = [];
	let stroke: Said[] = [];
	let timer: NodeJS.Timeout | undefined;
	let writing: Promise<void> | undefined;
	let fault: unknown;
	const page = { no, laneId: lane.id, holder: id, chunk };

	async function write() {
		while (waiting.length) {
			stroke = waiting;
			waiting = [];
			const noted = await insist(async (round) => {
				await also(stroke);
				return note(db, page, stroke, round);
			}, patience);
			if (!noted)
				log.warn(
					{ broadcast: no, lane: lane.name, lost: stroke.length },
					'too late for the ledger'
				);
			stroke = [];
		}
		writing = undefined;
	}
	const flush = () => {
		clearTimeout(timer);
		timer = undefined;
		// Nothing to write would end at once, and look like a stroke that never ends.
		if (writing || !waiting.length) return;
		writing = write().catch((reason) => {
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
		async room() {
			while (writing && waiting.length + stroke.length >= mostUnwritten) await writing;
			return !fault;
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
