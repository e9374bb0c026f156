import { serviceAlertOf } from '#lib/outages/service-alerts.ts';
import { outagesToPublish } from '#lib/outages/server/index.ts';
import { tagged } from '#lib/web/tagged.ts';

/** What is off or will be, planned or not, as the City of Cape Town publishes it. */
export async function GET({ locals: { db, municipality }, request }) {
	const list = await outagesToPublish(db, municipality.id, { frame: 'current' });
	return tagged(JSON.stringify(list.map(serviceAlertOf)), 'application/json', request);
}
