import {
	countShelter,
	keepRoute,
	keepShelter,
	openPlace,
	routesOf,
	sheltersOf
} from '#lib/alerts/server/index.ts';
import { can } from '#lib/identity/permissions.ts';
import { isId } from '#lib/platform/ids.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { attempt } from '#lib/web/attempt.ts';
import { mustReach } from '#lib/web/must-reach.ts';

export async function load({ locals, url }) {
	const { db, actor, municipality } = locals;
	mustReach(locals, 'shelter.count');
	const now = new Date();
	return {
		now,
		shelters: await sheltersOf(db, municipality.id, now),
		routes: (await routesOf(db, municipality.id, now)).map(({ line, ...route }) => ({
			...route,
			points: line.length
		})),
		mayChange: can(actor, 'alert.places', { municipalityId: municipality.id }),
		kept: url.searchParams.has('kept')
	};
}

const back = '/office/alerts/places?kept';

export const actions = {
	count: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		const id = String(form.get('id') ?? '');
		return await attempt(
			form,
			async () => {
				if (!isId(id)) throw notFound();
				const typed = String(form.get('occupied') ?? '').trim();
				const occupied = /^\d{1,6}$/.test(typed) ? Number(typed) : NaN;
				await countShelter(db, actor, { municipalityId: municipality.id, id, occupied });
			},
			back
		);
	},
	open: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		const id = String(form.get('id') ?? '');
		return await attempt(
			form,
			async () => {
				if (!isId(id)) throw notFound();
				await openPlace(db, actor, {
					municipalityId: municipality.id,
					what: form.get('what') === 'route' ? 'route' : 'shelter',
					id,
					open: form.get('open') === 'yes'
				});
			},
			back
		);
	},
	shelter: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		return await attempt(
			form,
			() =>
				keepShelter(db, actor, {
					municipalityId: municipality.id,
					kind: text('kind'),
					name: text('name'),
					position: text('position'),
					capacity: text('capacity').trim() ? Number(text('capacity')) : null,
					open: true
				}),
			back
		);
	},
	route: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		return await attempt(
			form,
			() =>
				keepRoute(db, actor, {
					municipalityId: municipality.id,
					name: String(form.get('route') ?? ''),
					line: String(form.get('line') ?? '').slice(0, 50_000)
				}),
			back
		);
	}
};
