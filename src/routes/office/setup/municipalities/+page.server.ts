import { municipalitiesOf } from '#lib/identity/server/index.ts';

export const load = async ({ locals: { db, actor } }) => ({
	municipalities: (await municipalitiesOf(db, actor)).map(
		({ id, code, mdbCode, name, kind, active, languages }) => ({
			id,
			code,
			mdbCode,
			name,
			kind,
			active,
			languages
		})
	)
});
