import { wardsOf } from '../../../geography/server/index.ts';
import type { Actor } from '../../../identity/permissions.ts';
import { newId } from '../../../platform/ids.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { hours, later, minutes } from '../../../platform/time.ts';
import { noArea } from '../../area.ts';
import type { NewDraft } from '../draft.ts';

/** Whoever drills for the operator of the machine: nobody's account, with the rights of this exercise alone. */
export const drillmaster = (municipalityId: string, now: Date): Actor => ({
	id: newId(now),
	name: 'The operator’s drill',
	language: 'en',
	grants: [
		{
			id: newId(now),
			municipalityId,
			role: 'disaster_approver',
			wardCode: null,
			departmentId: null,
			term: null
		}
	],
	session: { id: 'drill', kind: 'staff', secondFactorAt: now }
});

/**
 * A wildfire that comes down on the first ward with a suburb, and where its people live.
 * @throws Refusal 409 where the exercise has no wards with names
 */
export async function drillStory(
	db: Db,
	municipalityId: string,
	now: Date
): Promise<{ draft: NewDraft; wardCode: string }> {
	const ward = (await wardsOf(db, municipalityId, now)).find(({ areas }) => areas.length);
	if (!ward)
		throw new Refusal(
			409,
			'This exercise has no ward with a suburb: import wards and places first.'
		);
	const draft: NewDraft = {
		id: newId(now),
		municipalityId,
		template: 'wildfire_leave_now',
		values: {
			place: ward.areas.slice(0, 2).join(' and ').slice(0, 90),
			from: 'the hills',
			towards: 'the assembly point',
			route: 'the main road',
			person: '',
			age: '',
			actBy: later(now, minutes(45))
		},
		gazette: '',
		areaWish: { ...noArea, wards: [ward.code] },
		expiresAt: later(now, hours(2)),
		nextUpdateAt: later(now, minutes(30))
	};
	return { draft, wardCode: ward.code };
}
