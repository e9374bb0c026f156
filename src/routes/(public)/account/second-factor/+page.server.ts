import { error, fail } from '@sveltejs/kit';
import { isStaff } from '#lib/identity/permissions.ts';
import {
	confirmSecondFactor,
	isRecent,
	newRecoveryCodes,
	keptOffer,
	offerSecret,
	secondFactorOf,
	showFactorAgain
} from '#lib/identity/server/index.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { attempt } from '#lib/web/attempt.ts';
import { localPath } from '#lib/web/next.ts';

export async function load({ locals, url, setHeaders }) {
	const { actor, db } = locals;
	if (!isStaff(actor)) error(404, 'This page does not exist, or it is not yours to see.');
	// A secret stands here: its length must not show through compression (BREACH).
	setHeaders({ 'cache-control': 'private, no-store, no-transform' });
	const state = await secondFactorOf(db, actor);
	const recent = isRecent(actor);
	const setUp = !state.on || (recent && url.searchParams.has('replace'));
	return {
		...state,
		recent,
		next: localPath(url.searchParams.get('next'), '/account/second-factor'),
		offer: setUp ? offerSecret(actor) : null
	};
}

export const actions = {
	/** Answers ten recovery codes, which this one page shows and no other ever again. */
	confirm: async ({ request, locals }) => {
		const form = await request.formData();
		const sealed = String(form.get('sealed') ?? '');
		const code = String(form.get('code') ?? '');
		try {
			return { codes: await confirmSecondFactor(locals.db, locals.actor, { sealed, code }) };
		} catch (reason) {
			if (!(reason instanceof Refusal)) throw reason;
			// The same picture again after a wrong code: it has been scanned already.
			const offer = reason.status === 400 ? keptOffer(locals.actor, sealed) : null;
			return fail(reason.status, { refusal: reason.message, offer });
		}
	},
	again: async ({ request, locals, url }) => {
		const form = await request.formData();
		return attempt(
			form,
			() => showFactorAgain(locals.db, locals.actor, String(form.get('code') ?? '')),
			localPath(url.searchParams.get('next'), '/account/second-factor')
		);
	},
	renew: async ({ locals }) => {
		try {
			return { codes: await newRecoveryCodes(locals.db, locals.actor) };
		} catch (reason) {
			if (!(reason instanceof Refusal)) throw reason;
			return fail(reason.status, { refusal: reason.message });
		}
	}
};
