import { error, redirect } from '@sveltejs/kit';
import { readCommitmentNumber } from '#lib/commitments/rules.ts';
import {
	followCommitment,
	followCommitmentAt,
	getCommitment,
	followsCommitment
} from '#lib/commitments/server/index.ts';
import { m, spokenNow } from '#lib/i18n/index.ts';
import { ask, attempt } from '#lib/web/attempt.ts';

const numberIn = (params: { number: string }) =>
	readCommitmentNumber(params.number) ?? error(404, m.shell_not_found());

export async function load({ locals, params, url }) {
	const { db, municipality, visitor } = locals;
	const commitment = await ask(() => getCommitment(db, municipality.id, numberIn(params)));
	return {
		commitment,
		address: `${url.origin}/commitments/${commitment.number}`,
		following: visitor ? await followsCommitment(db, visitor.id, commitment.id) : false,
		justFollowed: url.searchParams.get('follow') === '1',
		told: url.searchParams.has('told'),
		now: new Date()
	};
}

export const actions = {
	default: async ({ locals, params, request, url }) => {
		const { db, municipality, visitor } = locals;
		const form = await request.formData();
		const follow = form.get('follow') !== 'no';
		const facts = { municipalityId: municipality.id, number: numberIn(params), follow };
		const contact = String(form.get('contact') ?? '').slice(0, 200);
		if (!visitor && follow)
			return attempt(
				form,
				() => followCommitmentAt(db, { ...facts, contact, language: spokenNow() }),
				`${url.pathname}?told#follow`
			);
		if (!visitor) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
		return attempt(
			form,
			() => followCommitment(db, visitor, facts),
			`${url.pathname}${follow ? '?follow=1' : ''}`
		);
	}
};
