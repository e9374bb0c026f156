import {
	becomeNeighbours,
	makeNeighbourCode,
	myNeighbours,
	partNeighbours
} from '#lib/alerts/server/index.ts';
import { attempt } from '#lib/web/attempt.ts';

export async function load({ locals: { db, actor, municipality }, url }) {
	return {
		...(await myNeighbours(db, actor, municipality.id)),
		done: url.searchParams.get('done'),
		now: new Date()
	};
}

const at = (done: string) => `/account/neighbours?done=${done}`;

export const actions = {
	make: async ({ locals: { db, actor, municipality }, request }) =>
		attempt(
			await request.formData(),
			() => makeNeighbourCode(db, actor, municipality.id),
			at('made')
		),
	join: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		const facts = { municipalityId: municipality.id, code: String(form.get('code') ?? '') };
		return attempt(form, () => becomeNeighbours(db, actor, facts), at('joined'));
	},
	part: async ({ locals: { db, actor, municipality }, request }) => {
		const form = await request.formData();
		const facts = { municipalityId: municipality.id, otherId: String(form.get('other') ?? '') };
		return attempt(form, () => partNeighbours(db, actor, facts), at('parted'));
	}
};
