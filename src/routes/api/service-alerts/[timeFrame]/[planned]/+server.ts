import { error } from '@sveltejs/kit';
import { serviceAlertOf, timeFrames } from '#lib/outages/service-alerts.ts';
import { outagesToPublish } from '#lib/outages/server/index.ts';
import { tagged } from '#lib/web/tagged.ts';

/** The same list by period (`current`, `7days`, `all`) and kind (`planned`, `unplanned`): at most 500. */
export async function GET({ locals: { db, municipality }, params, request }) {
	const frame = timeFrames.find((each) => each === params.timeFrame);
	const planned = ['planned', 'unplanned'].indexOf(params.planned);
	if (!frame || planned < 0) error(404, 'Ask for current, 7days or all, and planned or unplanned.');
	const list = await outagesToPublish(db, municipality.id, { frame, planned: planned === 0 });
	return tagged(JSON.stringify(list.map(serviceAlertOf)), 'application/json', request);
}
