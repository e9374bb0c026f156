import { drillsOf, startDrill, trainingOf } from '#lib/alerts/server/index.ts';
import { can } from '#lib/identity/permissions.ts';
import { newId } from '#lib/platform/ids.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';

export async function load({ locals: { db, actor, municipality } }) {
	const may = (permission: Parameters<typeof can>[1]) =>
		can(actor, permission, { municipalityId: municipality.id });
	const here = municipality.kind === 'exercise';
	return {
		now: new Date(),
		here,
		training: here ? null : await trainingOf(db, actor, '/office/alerts/drills'),
		mayStart: here && may('alert.approve') && may('alert.retract'),
		drills: await ask(() => drillsOf(db, actor, municipality.id)),
		deed: newId()
	};
}

export const actions = {
	default: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		return await attempt(
			form,
			() => startDrill(db, actor, { id: deedOf(form), municipalityId: municipality.id }),
			'/office/alerts/drills'
		);
	}
};
