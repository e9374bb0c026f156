import * as v from 'valibot';
import { calendarsOf, daysOf, proclaimDay, withdrawDay } from '#lib/clocks/server/index.ts';
import { departmentsOf } from '#lib/identity/server/index.ts';
import { line } from '#lib/platform/fields.ts';
import { mustReach } from '#lib/web/must-reach.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals, url }) {
	mustReach(locals, 'clock.manage');
	const { db, municipality } = locals;
	const here = { municipalityId: municipality.id };
	const departments = await departmentsOf(db, municipality.id);
	return {
		calendars: (await calendarsOf(db, here)).map(({ calendarId, name, week, departmentId }) => ({
			calendarId,
			name,
			week,
			department: departments.find(({ id }) => id === departmentId)?.name ?? null
		})),
		days: (await daysOf(db, here)).map(({ id, day, name }) => ({ id, day, name })),
		saved: url.searchParams.has('saved')
	};
}

const saved = '/office/setup/calendars?saved';

export const actions = {
	proclaim: ({ request, locals: { db, actor, municipality } }) =>
		submit(
			request,
			v.object({ day: line('Day', 10), name: line('Name', 60) }),
			(fields) =>
				proclaimDay(db, actor, {
					...fields,
					municipalityId: municipality.id,
					timezone: municipality.timezone
				}),
			saved
		),
	withdraw: ({ request, locals: { db, actor, municipality } }) =>
		submit(
			request,
			v.object({ dayId: line('Day', 36) }),
			({ dayId }) => withdrawDay(db, actor, { municipalityId: municipality.id, dayId }),
			saved
		)
};
