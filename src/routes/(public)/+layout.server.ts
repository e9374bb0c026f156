import { bannersFor } from '#lib/alerts/server/index.ts';
import { spokenNow } from '#lib/i18n/index.ts';

/** Whoever opens any page sees what is warned of here, subscribed or not. */
export const load = async ({ locals: { db, municipality } }) => ({
	warnings: municipality ? await bannersFor(db, municipality.id, spokenNow()) : []
});
