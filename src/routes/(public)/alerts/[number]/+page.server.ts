import { redirect } from '@sveltejs/kit';
import { publicAlert } from '#lib/alerts/server/index.ts';
import { ask } from '#lib/web/attempt.ts';

/** The newest version of an alert. */
export async function load({ locals: { db, municipality }, params }) {
	const number = params.number.toUpperCase();
	if (number !== params.number) redirect(308, `/alerts/${number}`);
	return ask(() => publicAlert(db, municipality.id, number));
}
