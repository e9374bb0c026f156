import { can } from '#lib/identity/permissions.ts';
import { overview } from '#lib/aid/server/index.ts';
import { ask } from '#lib/web/attempt.ts';

export async function load({ locals: { db, actor }, params }) {
	const found = await ask(() => overview(db, actor, params.event));
	return {
		now: new Date(),
		...found,
		manages: can(actor, 'aid.manage', found.event)
	};
}
