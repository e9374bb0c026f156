import { previewInternal } from '#lib/cases/server/index.ts';
import { internalEnd, internalForm } from '#lib/clocks/forms.ts';
import { agreeInternally, endInternal, internalsOf } from '#lib/clocks/server/index.ts';
import { departmentsOf } from '#lib/identity/server/index.ts';
import { allServices } from '#lib/issues/server/index.ts';
import { look } from '#lib/web/look.ts';
import { mustReach } from '#lib/web/must-reach.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals, url }) {
	mustReach(locals, 'clock.manage');
	const { db, municipality } = locals;
	const services = await allServices(db, municipality.id);
	const departments = await departmentsOf(db, municipality.id);
	const called = (id: string | null) => departments.find((each) => each.id === id)?.name ?? null;
	return {
		services: services.filter(({ active }) => active).map(({ id, name }) => [id, name] as const),
		departments: departments
			.filter(({ active, kind }) => active && kind === 'department')
			.map(({ id, name }) => [id, name] as const),
		agreed: (await internalsOf(db, { municipalityId: municipality.id })).map((each) => ({
			id: each.id,
			by: called(each.departmentId) ?? '',
			to: called(each.forDepartmentId),
			service: services.find(({ id }) => id === each.serviceId)?.name ?? null,
			minutes: each.minutes
		})),
		saved: url.searchParams.has('saved')
	};
}

const saved = '/office/setup/internal?saved';

export const actions = {
	/** Shows what it would change; nothing is saved yet. */
	look: ({ request, locals }) => {
		mustReach(locals, 'clock.manage');
		const { db, municipality } = locals;
		return look(request, internalForm, (facts) =>
			previewInternal(db, { ...facts, municipalityId: municipality.id }, new Date())
		);
	},

	agree: ({ request, locals: { db, actor, municipality } }) =>
		submit(
			request,
			internalForm,
			(facts) => agreeInternally(db, actor, { ...facts, municipalityId: municipality.id }),
			saved
		),

	end: ({ request, locals: { db, actor, municipality } }) =>
		submit(
			request,
			internalEnd,
			({ internalId }) => endInternal(db, actor, { internalId, municipalityId: municipality.id }),
			saved
		)
};
