import { error } from '@sveltejs/kit';
import { publicAlert } from '#lib/alerts/server/index.ts';
import { m } from '#lib/i18n/index.ts';
import { ask } from '#lib/web/attempt.ts';

/** One version of an alert, as it was sent. */
export async function load({ locals: { db, municipality }, params }) {
	if (!/^[1-9]\d{0,2}$/.test(params.version)) error(404, m.shell_not_found());
	return ask(() => publicAlert(db, municipality.id, params.number, Number(params.version)));
}
