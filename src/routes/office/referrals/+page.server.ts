import { ageing, receivedReferrals, sentReferrals } from '#lib/referral/server/index.ts';
import { officeMunicipality } from '#lib/web/office.ts';

export async function load({ locals, url }) {
	const { db, actor } = locals;
	const municipalityId = officeMunicipality(locals);
	return {
		now: new Date(),
		received: await receivedReferrals(db, actor, municipalityId),
		sent: await sentReferrals(db, actor, municipalityId),
		partners: await ageing(db, municipalityId),
		done: url.searchParams.has('done')
	};
}
