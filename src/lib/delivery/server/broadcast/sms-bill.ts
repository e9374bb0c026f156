import { sql } from 'drizzle-orm';
import type { Municipality } from '../../../identity/server/index.ts';
import { rows, type Db } from '../../../platform/server/db.ts';
import { measure } from '../../gsm7.ts';
import { monthNow, pay } from '../budget/charge.ts';
import { messageToken, originOf } from '../links.ts';
import type { Text } from './open.ts';
import { ownLink } from './said.ts';

/**
 * Takes the SMS of an audience out of the municipality's budget, all of them or none. False when it
 * has not that much left. Emergencies are counted and never refused.
 */
export async function payForSms(
	tx: Db,
	no: number,
	place: Municipality,
	{ texts, emergency, broadcastId }: { texts: Text[]; emergency: boolean; broadcastId: string },
	now: Date
): Promise<boolean> {
	const found = await rows<{ language: string; count: number }>(
		tx,
		sql`select a.language, count(*)::int as count
			from broadcast_audience a join delivery_lanes l on l.id = a.lane_id
			where a.broadcast_no = ${no} and l.channel = 'sms' group by 1`
	);
	const link = `${originOf(place)}/messages/${messageToken(broadcastId)}`;
	const segments = found.reduce((sum, { language, count }) => {
		const said =
			texts.find((each) => each.channel === 'sms' && each.language === language) ??
			texts.find((each) => each.channel === 'sms' && each.language === 'en');
		return sum + Number(count) * measure((said?.text ?? '').replaceAll(ownLink, link)).segments;
	}, 0);
	if (!segments) return true;
	const [paid] = await pay(
		tx,
		place,
		{
			municipalityId: place.id,
			departmentId: null,
			month: monthNow(place, now),
			messages: [{ urgency: emergency ? 'emergency' : 'normal', segments }]
		},
		now
	);
	return paid;
}
