import { readOutageNumber } from '#lib/outages/rules.ts';
import { serviceAlertOf } from '#lib/outages/service-alerts.ts';
import { outageToPublish } from '#lib/outages/server/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { tagged } from '#lib/web/tagged.ts';

/** One service alert by its `Id`. */
export async function GET({ locals: { db, municipality }, params, request }) {
	const outage = await ask(() =>
		outageToPublish(db, municipality.id, readOutageNumber(params.id) ?? 0)
	);
	return tagged(JSON.stringify(serviceAlertOf(outage)), 'application/json', request);
}
