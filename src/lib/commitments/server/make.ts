import { and, eq, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { wards } from '../../geography/server/schema.ts';
import { inPlaceOf, type Actor } from '../../identity/permissions.ts';
import { municipalityById } from '../../identity/server/index.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { cleanLine, cleanText } from '../../platform/text.ts';
import { endOfDay } from '../../platform/time.ts';
import { dateObstacle, officesOf, type Office } from '../rules.ts';
import { commitmentObstacleWords } from '../wording.ts';
import { appendToCommitment, type Commitment } from './events.ts';
import { linkInside } from './link.ts';
import { commitmentOwned } from './move.ts';
import { commitments } from './schema.ts';

export interface NewCommitment {
	/** Made where the promise is written: sending it twice makes one promise. */
	id: string;
	municipalityId: string;
	/** One of `officesOf(actor)`, by its key. */
	office: string;
	/** Where it will be seen, when a department or the municipality promises. A councillor's office says it. */
	wardCode?: string | null;
	what: string;
	evidence?: string;
	/** `2026-11-24`: due until that day ends on the municipality's clock. */
	dueOn: string;
	/** Issues and suggestions it answers. */
	issueIds?: string[];
}

const refuse = (obstacle: keyof typeof commitmentObstacleWords, field: string) =>
	new Refusal(400, commitmentObstacleWords[obstacle], field);

/**
 * Gives a promise in an office the person holds, for everyone to see and follow.
 * @throws Refusal 404 in somebody else's office, 400 naming the field that is missing or wrong.
 */
export async function makeCommitment(
	db: Db,
	actor: Actor,
	facts: NewCommitment,
	now = new Date()
): Promise<Commitment> {
	return db.transaction(async (tx) => {
		const office = officesOf(actor, facts.municipalityId).find(({ key }) => key === facts.office);
		if (!office) {
			if (facts.office) throw notFound();
			throw refuse('needs_an_office', 'office');
		}
		const [made] = await tx.select().from(commitments).where(eq(commitments.id, facts.id));
		if (made && made.promisedBy !== actor.id) throw notFound();
		if (made) return made;

		const promise = await readPromise(tx, office, facts, now);
		const [commitment] = await tx
			.insert(commitments)
			.values({
				...promise,
				id: facts.id,
				number: await nextNumber(tx, facts.municipalityId),
				promisedBy: actor.id,
				promisedByName: actor.name,
				promisedAs: office.as,
				state: 'promised',
				promisedAt: now
			})
			.returning();
		await appendToCommitment(tx, actor, commitment, 1, {
			kind: 'promised',
			deedId: facts.id,
			facts: { dueAt: promise.dueAt.toISOString() },
			at: now
		});
		const linked = await linkInside(tx, actor, commitment, facts.issueIds ?? [], now);
		await record(
			tx,
			actor,
			{
				municipalityId: commitment.municipalityId,
				deed: 'commitment.made',
				thing: 'commitment',
				thingId: commitment.id,
				details: { number: commitment.number, issues: linked },
				insteadOf: inPlaceOf(actor, 'commitment.make', commitmentOwned(commitment))
			},
			now
		);
		return commitment;
	});
}

async function readPromise(tx: Db, office: Office, facts: NewCommitment, now: Date) {
	const what = cleanLine(facts.what);
	const evidence = cleanText(facts.evidence ?? '');
	if (what.length < 10 || what.length > 200) throw refuse('needs_what', 'what');
	if (evidence.length > 500)
		throw new Refusal(
			400,
			'How it will be seen: at most 500 characters. Put the rest in the progress later.',
			'evidence'
		);

	const municipality = await municipalityById(tx, facts.municipalityId);
	const dueAt = endOfDay(facts.dueOn, municipality?.timezone);
	const obstacle = dateObstacle(dueAt, now);
	if (obstacle || !dueAt) throw refuse(obstacle ?? 'needs_a_coming_date', 'dueOn');

	return {
		municipalityId: facts.municipalityId,
		wardCode: office.wardCode ?? (await knownWard(tx, facts)),
		departmentId: office.departmentId,
		what,
		evidence,
		dueAt,
		firstDueAt: dueAt
	};
}

async function knownWard(tx: Db, { municipalityId, wardCode }: NewCommitment) {
	if (!wardCode) return null;
	const [ward] = await tx
		.select({ code: wards.code })
		.from(wards)
		.where(and(eq(wards.municipalityId, municipalityId), eq(wards.code, wardCode)))
		.limit(1);
	if (!ward) throw new Refusal(400, 'Choose a ward of this municipality, or none.', 'wardCode');
	return ward.code;
}

/** Numbers run on without holes: P-1, P-2. The lock ends with the transaction. */
async function nextNumber(tx: Db, municipalityId: string): Promise<number> {
	await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`commitments ${municipalityId}`}))`);
	const [{ last }] = await tx
		.select({ last: sql<number>`coalesce(max(${commitments.number}), 0)` })
		.from(commitments)
		.where(eq(commitments.municipalityId, municipalityId));
	return Number(last) + 1;
}
