import { previewClocks } from '#lib/cases/server/index.ts';
import { calendarForm } from '#lib/clocks/forms.ts';
import { withCalendar } from '#lib/clocks/policy.ts';
import { calendarsOf, setCalendar } from '#lib/clocks/server/index.ts';
import { departmentsOf } from '#lib/identity/server/index.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { rowVersion } from '#lib/platform/server/row-version.ts';
import { ask } from '#lib/web/attempt.ts';
import { mustReach } from '#lib/web/must-reach.ts';
import { look } from '#lib/web/look.ts';
import { submit } from '#lib/web/submit.ts';

const idIn = (params: { calendar: string }) =>
	params.calendar === 'new' ? undefined : params.calendar;

export async function load({ locals, params }) {
	mustReach(locals, 'clock.manage');
	const { db, municipality } = locals;
	const calendars = await calendarsOf(db, { municipalityId: municipality.id });
	const found = calendars.find(({ calendarId }) => calendarId === params.calendar) ?? null;
	if (idIn(params) && !found) await ask(() => Promise.reject(notFound()));
	const departments = await departmentsOf(db, municipality.id);
	return {
		calendar: found,
		version: found ? rowVersion(found) : '',
		departments: departments
			.filter(({ active, kind }) => active && kind === 'department')
			.map(({ id, name }) => [id, name] as const)
	};
}

export const actions = {
	/** Shows what it would change; nothing is saved yet. */
	look: ({ request, params, locals }) => {
		mustReach(locals, 'clock.manage');
		const { db, municipality } = locals;
		return look(request, calendarForm, (facts) =>
			previewClocks(
				db,
				municipality.id,
				(rows) =>
					withCalendar(rows, {
						...facts,
						timezone: municipality.timezone,
						calendarId: idIn(params) ?? 'new'
					}),
				new Date()
			)
		);
	},

	save: ({ request, params, locals: { db, actor, municipality } }) =>
		submit(
			request,
			calendarForm,
			({ version, ...facts }) =>
				setCalendar(db, actor, {
					...facts,
					municipalityId: municipality.id,
					timezone: municipality.timezone,
					calendarId: idIn(params),
					version: idIn(params) && version
				}),
			'/office/setup/calendars?saved'
		)
};
