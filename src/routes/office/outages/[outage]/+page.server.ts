import { possibleOutageDeeds, readOutageNumber } from '#lib/outages/rules.ts';
import { outageToWork } from '#lib/outages/server/index.ts';
import { ask } from '#lib/web/attempt.ts';

export async function load({ locals, params, url }) {
	const { db, actor, municipality } = locals;
	const now = new Date();
	const outage = await ask(() =>
		outageToWork(db, actor, municipality.id, readOutageNumber(params.outage) ?? 0, now)
	);
	return {
		outage,
		deeds: possibleOutageDeeds(outage.state),
		kept: url.searchParams.has('kept'),
		now
	};
}
