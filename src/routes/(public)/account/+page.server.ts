import type { RequestEvent } from './$types';
import { isStaff } from '#lib/identity/permissions.ts';
import { roleNames } from '#lib/identity/wording.ts';
import { wardsOf } from '#lib/geography/server/index.ts';
import {
	endOtherSessions,
	endOwnSession,
	ownContacts,
	ownSessions,
	ownWards,
	removeOwnContact,
	roomForContact,
	saveProfile,
	chooseOwnContact
} from '#lib/identity/server/index.ts';
import { claimByReceipts } from '#lib/issues/server/index.ts';
import { unwatchAndUnfollow, watchAndFollow } from '#lib/noticeboard/server/index.ts';
import { attempt } from '#lib/web/attempt.ts';
import { sendCode } from '#lib/web/sign-in.ts';

export async function load({ locals, url }) {
	const { db, actor, municipality, receipts } = locals;
	const wards = await wardsOf(db, municipality.id);
	const watched = await ownWards(db, actor.id);
	return {
		name: actor.name,
		language: actor.language,
		roles: [...new Set(actor.grants.map(({ role }) => roleNames[role]))],
		staff: isStaff(actor),
		contacts: await ownContacts(db, actor.id),
		sessions: await ownSessions(db, actor),
		wards: wards.map(({ code, number, areas }) => ({ code, number, areas: areas.slice(0, 3) })),
		watched: watched.map((each) => ({
			...each,
			number: Number(each.wardCode.slice(-3)),
			here: each.municipalityId === municipality.id
		})),
		receipts: receipts.length,
		saved: url.searchParams.get('saved')
	};
}

/** One form of the page: what it does, and what the page says afterwards. */
const deed =
	(said: string, run: (event: RequestEvent, form: FormData) => Promise<unknown>, next?: string) =>
	async (event: RequestEvent) => {
		const form = await event.request.formData();
		return attempt(form, () => run(event, form), next ?? `/account?saved=${said}#${said}`);
	};

const text = (form: FormData, name: string) => String(form.get(name) ?? '');

export const actions = {
	profile: deed('profile', ({ locals }, form) =>
		saveProfile(locals.db, locals.actor, {
			name: text(form, 'name'),
			language: text(form, 'language')
		})
	),
	add: deed(
		'contacts',
		async (event, form) => {
			await roomForContact(event.locals.db, event.locals.actor);
			await sendCode(event, text(form, 'contact'), event.locals.actor.id);
		},
		'/account/contact'
	),
	remove: deed('contacts', ({ locals }, form) =>
		removeOwnContact(locals.db, locals.actor, text(form, 'contactPoint'))
	),
	use: deed('contacts', ({ locals }, form) =>
		chooseOwnContact(locals.db, locals.actor, text(form, 'contactPoint'))
	),
	watch: deed('wards', ({ locals }, form) =>
		watchAndFollow(locals.db, locals.actor, {
			municipalityId: locals.municipality.id,
			wardCode: text(form, 'ward'),
			label: text(form, 'label')
		})
	),
	unwatch: deed('wards', ({ locals }, form) =>
		unwatchAndUnfollow(locals.db, locals.actor, text(form, 'ward'))
	),
	end: deed('sessions', ({ locals }, form) =>
		endOwnSession(locals.db, locals.actor, text(form, 'session'))
	),
	endOthers: deed('sessions', ({ locals }) => endOtherSessions(locals.db, locals.actor)),
	claim: deed('reports', ({ locals }) =>
		claimByReceipts(locals.db, locals.actor.id, locals.receipts)
	)
};
