import * as v from 'valibot';
import { departmentsOf } from '#lib/identity/server/index.ts';
import { line } from '#lib/platform/fields.ts';
import {
	ownKey,
	peersOf,
	pinPeer,
	troubledLetters,
	unpinPeer
} from '#lib/referral/server/index.ts';
import { mustReach } from '#lib/web/must-reach.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals, url }) {
	mustReach(locals, 'municipality.manage');
	const { db, municipality } = locals;
	const bodies = await departmentsOf(db, municipality.id);
	const letters = await troubledLetters(db, municipality.id);
	return {
		now: new Date(),
		address: url.origin,
		key: await ownKey(db, municipality.id, new Date()),
		peers: (await peersOf(db, municipality.id)).map((peer) => ({
			...peer,
			letters: letters.filter(({ peerId }) => peerId === peer.id)
		})),
		bodies: bodies
			.filter(({ kind, active }) => kind === 'entity' && active)
			.map(({ id, name }) => [id, name] as const),
		saved: url.searchParams.has('saved')
	};
}

const saved = '/office/setup/installations?saved';
const form = v.object({
	departmentId: line('Body', 36),
	url: line('Address', 300),
	publicKey: line('Key', 60)
});

export const actions = {
	pin: ({ request, locals: { db, actor, municipality } }) =>
		submit(
			request,
			form,
			(facts) => pinPeer(db, actor, { ...facts, municipalityId: municipality.id }),
			saved
		),
	end: ({ request, locals: { db, actor, municipality } }) =>
		submit(
			request,
			v.object({ id: v.string() }),
			({ id }) => unpinPeer(db, actor, { municipalityId: municipality.id, id }),
			saved
		)
};
