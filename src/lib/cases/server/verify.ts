import { and, asc, eq, gt } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import { replay, type ProjectedEvent, type Projection } from '../projection.ts';
import { hashEvent, hashWords, projectionOf, type Case } from './append.ts';
import { asProjected } from './projected.ts';
import { caseEvents, cases, caseWords } from './schema.ts';

type Row = typeof caseEvents.$inferSelect;

/** The first link of a case's chain that does not hold, and why. */
export interface BrokenCase {
	caseId: string;
	reference: string;
	seq: number;
	reason: string;
}

export interface CasesReport {
	municipalityId: string;
	cases: number;
	events: number;
	/** None when every chain is whole. */
	broken?: BrokenCase;
}

const batch = 200;

/** Walks the chain of every case of a municipality, its words and its row, and names the first that does not hold. */
export async function verifyCases(db: Db, municipalityId: string): Promise<CasesReport> {
	const report: CasesReport = { municipalityId, cases: 0, events: 0 };
	let after = '00000000-0000-0000-0000-000000000000';
	for (;;) {
		const some = await db
			.select()
			.from(cases)
			.where(and(eq(cases.municipalityId, municipalityId), gt(cases.id, after)))
			.orderBy(asc(cases.id))
			.limit(batch);
		for (const kase of some) {
			const { events, broken } = await verifyCase(db, kase);
			report.cases++;
			report.events += events;
			if (broken) return { ...report, broken };
		}
		if (some.length < batch) return report;
		after = some[some.length - 1].id;
	}
}

async function verifyCase(db: Db, kase: Case) {
	const rows = await eventsWithWords(db, kase.id);
	const broken = (seq: number, reason: string) => ({
		events: rows.length,
		broken: { caseId: kase.id, reference: kase.reference, seq, reason }
	});

	let prevHash = '';
	for (const [index, { event, words }] of rows.entries()) {
		const fault = linkFault(event, prevHash, index + 1) ?? wordsFault(event, words);
		if (fault) return broken(event.seq, fault);
		prevHash = event.hash;
	}
	if (rows.length !== kase.version || prevHash !== kase.lastHash)
		return broken(rows.length + 1, 'events at the end are missing');

	const column = differs(
		kase,
		rows.map(({ event }) => asProjected(event))
	);
	if (column) return broken(kase.version, `the row does not follow from its events: ${column}`);
	return { events: rows.length, broken: undefined };
}

const eventsWithWords = (db: Db, caseId: string) =>
	db
		.select({ event: caseEvents, words: caseWords })
		.from(caseEvents)
		.leftJoin(caseWords, eq(caseWords.eventId, caseEvents.id))
		.where(eq(caseEvents.caseId, caseId))
		.orderBy(asc(caseEvents.seq));

function linkFault({ hash, ...event }: Row, prevHash: string, seq: number): string | null {
	if (event.seq !== seq) return `event ${seq} is missing`;
	if (event.prevHash !== prevHash) return 'it does not follow the event before it';
	return hashEvent(event) === hash ? null : 'its facts were changed after it was written';
}

/** Erased words leave their fingerprint; other words must still match it. */
function wordsFault(event: Row, words: typeof caseWords.$inferSelect | null): string | null {
	if (!event.textHash) return words?.text ? 'words were put beside it afterwards' : null;
	if (!words) return 'its words are missing';
	if (words.erasedAt || words.text === null || words.salt === null) return null;
	return hashWords(words.salt, words.text) === event.textHash
		? null
		: 'its words were changed after they were written';
}

/** The row of a case as its events make it, whatever the table says. */
export async function rebuildCase(db: Db, caseId: string): Promise<Projection | undefined> {
	const events = await db
		.select()
		.from(caseEvents)
		.where(eq(caseEvents.caseId, caseId))
		.orderBy(asc(caseEvents.seq));
	return replay(events.map(asProjected));
}

const plain = (value: unknown) => (value instanceof Date ? value.getTime() : value);

/** The first column in which the row and its events disagree. */
function differs(kase: Case, events: ProjectedEvent[]): string | undefined {
	const [row, rebuilt] = [projectionOf(kase), replay(events)];
	return (Object.keys(row) as Array<keyof Projection>).find(
		(column) => plain(row[column]) !== plain(rebuilt?.[column])
	);
}
