import { sql } from 'drizzle-orm';
import { cases } from '../../cases/server/schema.ts';
import { statesOfType, type State } from '../../cases/rules.ts';
import { photos } from '../../photos/server/schema.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import { days } from '../../platform/time.ts';
import { leastLikeness, likeness, mostOffered } from '../duplicates.ts';
import type { Answers } from '../rules.ts';
import { issues } from './schema.ts';
import { serviceByCode } from './services.ts';
import { isPublic } from './visible.ts';

/** A report that may be about the same thing. */
export interface Same {
	reference: string;
	title: string;
	place: string | null;
	state: State;
	metres: number;
	at: Date;
	households: number;
	/** A photo of it to compare with. */
	photoId: string | null;
}

export interface Asked {
	municipalityId: string;
	service: string;
	point: { lat: number; lon: number } | null;
	description: string;
	answers?: Answers;
}

/** Questions whose answer names one object in the world. */
const objects = ['pole', 'meter'];

/**
 * Open reports of the same service near a place, or closed so lately that they may be open again: the
 * likeliest first, at most three, only what everybody may see. They are offered, and never block.
 */
export async function sameNearby(db: Db, asked: Asked, now = new Date()): Promise<Same[]> {
	const service = await serviceByCode(db, asked.municipalityId, asked.service);
	if (!service || service.private || !service.duplicateMetres) return [];
	const object = objects.map((code) => [asked.answers?.[code] ?? ''].flat()[0]).find(Boolean) ?? '';
	if (!asked.point && !object) return [];

	const closed = statesOfType('closed', 'claimed', 'merged');
	const lately = new Date(now.getTime() - days(service.duplicateDays)).toISOString();
	const here = asked.point
		? sql`st_setsrid(st_makepoint(${asked.point.lon}::float8, ${asked.point.lat}::float8), 4326)`
		: sql`null::geometry`;
	const isObject = sql`(${object} <> '' and lower(coalesce(${issues.answers}->>'pole', ${issues.answers}->>'meter', '')) = lower(${object}))`;
	const found = await rows<{
		reference: string;
		title: string;
		place: string | null;
		state: State;
		metres: number | null;
		at: string;
		households: number;
		photo: string | null;
		alike: number;
		object: boolean;
	}>(
		db,
		sql`
		select ${issues.reference} as reference, ${issues.title} as title, ${issues.place} as place, ${cases.state} as state,
			st_distance(${issues.point}::geography, ${here}::geography)::float8 as metres,
			to_char(${issues.createdAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
			${issues.householdCount} as households,
			similarity(lower(coalesce(${issues.description}, '')), lower(${asked.description.slice(0, 1000)}))::float8 as alike,
			${isObject} as object,
			(select ${photos.id} from ${photos} where ${photos.issueId} = ${issues.id} and not ${photos.private} and not ${photos.removed} order by ${photos.position} limit 1) as photo
		from ${issues} join ${cases} on ${cases.subjectId} = ${issues.id}
		where ${issues.municipalityId} = ${asked.municipalityId}::uuid and ${issues.serviceId} = ${service.id}::uuid
			and ${isPublic}
			and ${cases.state} <> 'withdrawn'
			and (${cases.state} not in (${sql.join(
				closed.map((state) => sql`${state}`),
				sql`, `
			)}) or ${cases.lastEventAt} > ${lately}::timestamptz)
			and (${isObject} or st_dwithin(${issues.point}::geography, ${here}::geography, ${service.duplicateMetres}::float8))
		order by metres nulls last limit 20`
	);
	const judged = found.map(({ alike, object, photo, at, metres, ...rest }) => {
		const same: Same = { ...rest, metres: Number(metres ?? 0), at: new Date(at), photoId: photo };
		const score = likeness({
			metres: same.metres,
			radius: service.duplicateMetres,
			age: (now.getTime() - same.at.getTime()) / days(1),
			alike: Number(alike),
			sameObject: object
		});
		return { same, score };
	});
	return judged
		.filter(({ score }) => score >= leastLikeness)
		.sort((a, b) => b.score - a.score)
		.slice(0, mostOffered)
		.map(({ same }) => same);
}
