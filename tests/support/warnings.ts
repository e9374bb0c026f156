import { noArea } from '#lib/alerts/area.ts';
import {
	approveAlert,
	draftAlert,
	submitAlert,
	wentLive,
	type AlertRow,
	type NewDraft
} from '#lib/alerts/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { hours, later, minutes } from '#lib/platform/time.ts';
import { personOf } from './scene.ts';

export const monday = new Date('2026-11-23T12:00:00Z');

/** A wildfire that threatens Aloe Ridge, as Sipho writes it down at two in the afternoon. */
export const wildfire = (
	municipalityId: string,
	more: Partial<NewDraft> = {},
	now = monday
): NewDraft => ({
	id: newId(now),
	municipalityId,
	template: 'wildfire_leave_now',
	values: {
		place: 'Aloe Ridge, north of Ridge Street',
		from: 'Blouklip Pass',
		towards: 'Sizwe Hall',
		route: 'Coast Road',
		person: '',
		age: '',
		actBy: later(now, minutes(45))
	},
	gazette: '',
	areaWish: { ...noArea, around: 'Aloe Ridge', metres: 400 },
	expiresAt: later(now, hours(8)),
	nextUpdateAt: later(now, hours(1)),
	...more
});

/** Written and sent for approval by Sipho. */
export async function submitted(
	db: Db,
	municipalityId: string,
	now = monday,
	more: Partial<NewDraft> = {}
): Promise<AlertRow> {
	const sipho = await personOf(db, 'disaster-officer', now);
	const { id } = await draftAlert(db, sipho, wildfire(municipalityId, more, now), now);
	return await submitAlert(db, sipho, { municipalityId, id }, now);
}

/** The same, approved by Nomsa and let through by the canary ring. */
export async function live(
	db: Db,
	municipalityId: string,
	now = monday,
	more: Partial<NewDraft> = {}
): Promise<AlertRow> {
	const nomsa = await personOf(db, 'disaster-approver', now);
	const { id } = await submitted(db, municipalityId, now, more);
	await approveAlert(db, nomsa, { municipalityId, id }, now);
	return await db.transaction((tx) => wentLive(tx, id, now));
}
