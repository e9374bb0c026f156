import { error, fail, redirect } from '@sveltejs/kit';
import { askFamily, latestOf } from '#lib/alerts/server/index.ts';
import { notFound, Refusal } from '#lib/platform/refusal.ts';
import { askerOf } from '#lib/web/asker.ts';
import { ask, sentTexts } from '#lib/web/attempt.ts';

export async function load({ locals: { db, municipality }, params, setHeaders }) {
	const number = params.number.toUpperCase();
	if (number !== params.number) redirect(308, `/alerts/${number}/family`);
	setHeaders({ 'cache-control': 'private, no-store' });
	const alert = await ask(async () => {
		const found = await latestOf(db, municipality.id, number);
		if (!found) throw notFound();
		return found;
	});
	const [{ headline, language }] = alert.texts;
	return { number, headline, language, now: new Date() };
}

export const actions = {
	// The answer stands on this page alone: no address leads to it again.
	default: async ({ locals, params, request }) => {
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		try {
			const answer = await askFamily(locals.db, askerOf(locals), {
				municipalityId: locals.municipality.id,
				number: params.number.toUpperCase(),
				name: text('name'),
				phone: text('phone')
			});
			return { answer };
		} catch (reason) {
			if (!(reason instanceof Refusal)) throw reason;
			if (reason.status === 404) error(404, reason.message);
			const { status, message: refusal, field } = reason;
			return fail(status, { refusal, field, sent: sentTexts(form) });
		}
	}
};
