import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { record } from '../../../audit/server/index.ts';
import type { Actor } from '../../../identity/permissions.ts';
import { newId } from '../../../platform/ids.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import type { Need } from '../../people.ts';
import { must } from '../find.ts';
import { leavingNow, openHand } from './hands.ts';
import { doors, handOpenings, hands } from './schema.ts';

/** A place, or somebody who needs a hand, where somebody goes. */
export interface Door {
	id: string;
	place: string;
	/** Of the register of those who need a hand: null until whoever looks opened it, or when the warning is over. */
	hand: (Need & { wardCode: string; people: number }) | null;
	/** Somebody of the register, whether it is opened or not. */
	needsHand: boolean;
	takenByName: string;
	takenAt: Date | null;
	doneAt: Date | null;
}

/** Where somebody knocks: those nobody has done first, and of them those who need a hand. */
export async function doorsOf(
	db: Db,
	actor: Actor,
	municipalityId: string,
	incidentId: string
): Promise<{ doors: Door[]; registerOpen: boolean; mayOpen: boolean }> {
	must(actor, 'help.answer', municipalityId);
	const found = await db
		.select({ door: doors, hand: hands })
		.from(doors)
		.leftJoin(
			hands,
			and(eq(hands.municipalityId, doors.municipalityId), eq(hands.personId, doors.handOf))
		)
		.where(and(eq(doors.municipalityId, municipalityId), eq(doors.incidentId, incidentId)))
		.orderBy(asc(doors.doneAt), sql`${doors.handOf} is null`, asc(doors.place));
	const warning = await leavingNow(db, municipalityId, incidentId);
	const opened = await db.$count(
		handOpenings,
		and(eq(handOpenings.incidentId, incidentId), eq(handOpenings.personId, actor.id))
	);
	const registerOpen = warning !== undefined && opened > 0;
	return {
		registerOpen,
		mayOpen: warning !== undefined && !opened,
		doors: found.map(({ door, hand }) => ({
			id: door.id,
			place: door.handOf ? '' : door.place,
			needsHand: door.handOf !== null,
			hand:
				hand && registerOpen
					? { ...openHand(hand), wardCode: hand.wardCode, people: hand.people }
					: null,
			takenByName: door.takenByName,
			takenAt: door.takenAt,
			doneAt: door.doneAt
		}))
	};
}

/** Each place that a warning names becomes a door to knock at, once. */
export async function layDoors(
	tx: Db,
	{
		municipalityId,
		incidentId,
		places
	}: { municipalityId: string; incidentId: string; places: string[] },
	now: Date
) {
	if (places.length)
		await tx
			.insert(doors)
			.values(places.map((place) => ({ id: newId(now), municipalityId, incidentId, place })))
			.onConflictDoNothing();
}

/** Somebody goes there, or has been: the rest see it and go elsewhere. @throws 409 when another goes already */
export const knock = (
	db: Db,
	actor: Actor,
	{ municipalityId, id, done }: { municipalityId: string; id: string; done: boolean },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		must(actor, 'help.answer', municipalityId);
		const [door] = await tx
			.select()
			.from(doors)
			.where(and(eq(doors.id, id), eq(doors.municipalityId, municipalityId), isNull(doors.doneAt)))
			.for('update');
		if (!door) throw notFound();
		if (!done && door.takenBy && door.takenBy !== actor.id)
			throw new Refusal(409, `${door.takenByName} goes there already.`);
		await tx
			.update(doors)
			.set({
				takenBy: actor.id,
				takenByName: actor.name,
				takenAt: door.takenAt ?? now,
				doneAt: done ? now : null
			})
			.where(eq(doors.id, id));
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: done ? 'alert.knocked' : 'alert.door_taken',
				thing: 'alert_door',
				thingId: id,
				details: door.handOf ? {} : { place: door.place }
			},
			now
		);
	});
