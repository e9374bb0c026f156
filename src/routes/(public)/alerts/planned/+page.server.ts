import { plansOf } from '#lib/alerts/server/index.ts';

/** Tests and exercises people should know of beforehand. */
export const load = ({ locals: { db, municipality } }) => plansOf(db, municipality.id);
