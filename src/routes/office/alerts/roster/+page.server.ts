import { approversOf, setRoster } from '#lib/alerts/server/index.ts';
import { can } from '#lib/identity/permissions.ts';
import { attempt } from '#lib/web/attempt.ts';
import { mustReach } from '#lib/web/must-reach.ts';

export async function load({ locals, url }) {
	const { db, actor, municipality } = locals;
	const mayChange = can(actor, 'alert.roster', { municipalityId: municipality.id });
	mustReach(locals, 'alert.read');
	return {
		people: await approversOf(db, municipality.id, new Date()),
		mayChange,
		kept: url.searchParams.has('kept')
	};
}

export const actions = {
	default: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		const places = [...form]
			.filter(([name, value]) => name.startsWith('place-') && Number(value) > 0)
			.map(([name, value]) => ({ id: name.slice('place-'.length), place: Number(value) }))
			.toSorted((a, b) => a.place - b.place);
		return await attempt(
			form,
			() =>
				setRoster(db, actor, {
					municipalityId: municipality.id,
					people: places.map(({ id }) => id)
				}),
			'/office/alerts/roster?kept'
		);
	}
};
