import { and, asc, eq, inArray } from 'drizzle-orm';
import { record } from '../../../audit/server/index.ts';
import { wardsOf } from '../../../geography/server/index.ts';
import { m } from '../../../i18n/index.ts';
import type { Actor } from '../../../identity/permissions.ts';
import { newId } from '../../../platform/ids.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { seal, unseal } from '../../../platform/server/keys.ts';
import type { Db } from '../../../platform/server/db.ts';
import { cleanLine, cleanText } from '../../../platform/text.ts';
import { longest, mostPeople, type Need } from '../../people.ts';
import { templateOf } from '../../templates.ts';
import { must, warningsOf, type AlertRow } from '../find.ts';
import { doors, familyConsents, handOpenings, hands } from './schema.ts';

/** What somebody keeps with the disaster centre, for the day on which they have to leave. */
export interface Hand extends Need {
	wardCode: string;
	people: number;
	keptAt: Date;
}

export interface NewHand extends Need {
	municipalityId: string;
	wardCode: string;
	people: unknown;
	agreed: boolean;
}

const about = (municipalityId: string, personId: string) => `${municipalityId}/${personId}`;

export const openHand = ({
	municipalityId,
	personId,
	sealed
}: Pick<typeof hands.$inferSelect, 'municipalityId' | 'personId' | 'sealed'>): Need =>
	JSON.parse(unseal('hand', Buffer.from(sealed), about(municipalityId, personId)));

/** One's own entry in the register of those who need a hand to leave; null where there is none. */
export async function myHand(
	db: Db,
	actor: Pick<Actor, 'id'>,
	municipalityId: string
): Promise<Hand | null> {
	const [row] = await db
		.select()
		.from(hands)
		.where(and(eq(hands.municipalityId, municipalityId), eq(hands.personId, actor.id)));
	return row
		? { ...openHand(row), wardCode: row.wardCode, people: row.people, keptAt: row.keptAt }
		: null;
}

/**
 * Puts oneself into the register, or changes what stands there: for warnings alone, by one's own will.
 * @throws Refusal 400 naming the field that is wrong
 */
export const keepHand = (
	db: Db,
	actor: Pick<Actor, 'id'>,
	{ municipalityId, ...facts }: NewHand,
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		if (!facts.agreed) throw new Refusal(400, m.hand_must_agree(), 'agreed');
		const wards = await wardsOf(tx, municipalityId, now);
		if (!wards.some(({ code }) => code === facts.wardCode))
			throw new Refusal(400, m.hand_choose_ward(), 'ward');
		const people = Number(facts.people || 1);
		if (!Number.isInteger(people) || people < 1 || people > mostPeople)
			throw new Refusal(400, m.check_in_people(), 'people');
		const need: Need = {
			place: cleanLine(facts.place),
			words: cleanText(facts.words),
			phone: cleanLine(facts.phone)
		};
		if (!need.place) throw new Refusal(400, m.hand_where(), 'place');
		for (const field of ['place', 'words', 'phone'] as const)
			if (need[field].length > longest[field]) throw new Refusal(400, m.check_in_too_long(), field);
		const set = {
			wardCode: facts.wardCode,
			people,
			sealed: seal('hand', JSON.stringify(need), about(municipalityId, actor.id)),
			keptAt: now
		};
		await tx
			.insert(hands)
			.values({ municipalityId, personId: actor.id, ...set })
			.onConflictDoUpdate({ target: [hands.municipalityId, hands.personId], set });
		await note(tx, actor, municipalityId, 'hand.kept', now);
	});

/** Takes oneself out again: nothing of it stays. Twice is once. */
export const dropHand = (
	db: Db,
	actor: Pick<Actor, 'id'>,
	municipalityId: string,
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		const gone = await tx
			.delete(hands)
			.where(and(eq(hands.municipalityId, municipalityId), eq(hands.personId, actor.id)))
			.returning({ personId: hands.personId });
		if (!gone.length) return;
		await forgetDoors(tx, actor.id);
		await note(tx, actor, municipalityId, 'hand.dropped', now);
	});

const forgetDoors = (tx: Db, personId: string) =>
	tx.delete(doors).where(eq(doors.handOf, personId));

/** Somebody is erased: out of every register. */
export async function eraseHands(tx: Db, personId: string) {
	await tx.delete(hands).where(eq(hands.personId, personId));
	await tx.delete(familyConsents).where(eq(familyConsents.personId, personId));
	await forgetDoors(tx, personId);
}

/** What the register keeps about a person, in plain JSON (POPIA s23). */
export const exportHands = async (db: Db, personId: string) =>
	(await db.select().from(hands).where(eq(hands.personId, personId))).map((row) => ({
		...openHand(row),
		ward: row.wardCode,
		people: row.people,
		keptAt: row.keptAt
	}));

/** Those of the register who live in these wards become doors of an incident, once each. */
export async function layHands(
	tx: Db,
	{
		municipalityId,
		incidentId,
		wardCodes
	}: { municipalityId: string; incidentId: string; wardCodes: string[] },
	now: Date
) {
	if (!wardCodes.length) return;
	const near = await tx
		.select({ personId: hands.personId })
		.from(hands)
		.where(and(eq(hands.municipalityId, municipalityId), inArray(hands.wardCode, wardCodes)))
		.orderBy(asc(hands.keptAt));
	if (near.length)
		await tx
			.insert(doors)
			.values(
				near.map(({ personId }) => ({
					id: newId(now),
					municipalityId,
					incidentId,
					place: `hand:${personId}`,
					handOf: personId
				}))
			)
			.onConflictDoNothing();
}

/** The warning of an incident for which people have to leave, while it is live: only then is the register opened. */
export async function leavingNow(db: Db, municipalityId: string, incidentId: string) {
	const live = await warningsOf(db, incidentId);
	return live.find(
		(each) => each.municipalityId === municipalityId && opensRegister(each.template)
	);
}

/** Whether people have to leave for it, or are not safe where they are. */
export const opensRegister = (template: AlertRow['template']) => {
	const { evacuation = false, dangerous = false } = templateOf(template);
	return evacuation || dangerous;
};

/**
 * Opens the register for one incident: from now on this person reads, while the warning is live, who
 * needs a hand and where. That they opened it is written down.
 * @throws Refusal 404 for whoever answers no calls for help here, 409 while no warning calls for it
 */
export const openRegister = (
	db: Db,
	actor: Actor,
	{ municipalityId, incidentId }: { municipalityId: string; incidentId: string },
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		must(actor, 'help.answer', municipalityId);
		const warning = await leavingNow(tx, municipalityId, incidentId);
		if (!warning)
			throw new Refusal(
				409,
				'It opens only while a warning is live for which people have to leave.'
			);
		const wardCodes = warning.content!.wards.map(({ code }) => code);
		await layHands(tx, { municipalityId, incidentId, wardCodes }, now);
		const opened = await tx
			.insert(handOpenings)
			.values({ incidentId, personId: actor.id, at: now })
			.onConflictDoNothing()
			.returning({ at: handOpenings.at });
		if (!opened.length) return;
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'hand.opened',
				thing: 'alert',
				thingId: warning.id,
				details: { wards: wardCodes.join(' ') }
			},
			now
		);
	});

const note = (tx: Db, actor: Pick<Actor, 'id'>, municipalityId: string, deed: string, now: Date) =>
	record(tx, { id: actor.id }, { municipalityId, deed, thing: 'person', thingId: actor.id }, now);
