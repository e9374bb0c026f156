import { fail, redirect } from '@sveltejs/kit';
import { m } from '#lib/i18n/index.ts';
import { readReceipt } from '#lib/issues/reference.ts';
import { followedIssues, ownIssues, referenceOfReceipt } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { forgetReceipts, keepReceipt } from '#lib/web/device.ts';
import { listOf } from '#lib/web/issue-list.ts';

export async function load({ locals, setHeaders }) {
	setHeaders({ 'cache-control': 'private, no-store' });
	return {
		issues: await ownIssues(locals.db, listOf(locals)),
		followed: await followedIssues(locals.db, listOf(locals)),
		holds: locals.receipts.length > 0,
		deed: newId()
	};
}

export const actions = {
	/** Somebody comes back with the code they wrote down. */
	receipt: async (event) => {
		const typed = String((await event.request.formData()).get('receipt') ?? '').slice(0, 100);
		const code = readReceipt(typed);
		const reference = code && (await referenceOfReceipt(event.locals.db, code));
		if (!code || !reference)
			return fail(400, {
				typed,
				refusal: typed ? m.account_mine_no_such() : m.account_mine_type_it()
			});
		keepReceipt(event, code, { fresh: false });
		redirect(303, `/issues/${reference}`);
	},
	/** For a phone that others use too. */
	forget: async (event) => {
		forgetReceipts(event);
		redirect(303, '/mine');
	}
};
