import { spokenNow } from '#lib/i18n/index.ts';
import { isReviewed } from '#lib/i18n/server/index.ts';
import { isStaff } from '#lib/identity/permissions.ts';
import { isDemo } from '../demo/index.ts';

/** What every page shows of itself: whose it is, and who reads it. */
export function load({ locals }) {
	const { municipality, visitor } = locals;
	return {
		municipality: municipality && {
			id: municipality.id,
			code: municipality.code,
			name: municipality.name,
			kind: municipality.kind,
			timezone: municipality.timezone,
			languages: municipality.languages
		},
		visitor: visitor && { name: visitor.name, staff: isStaff(visitor) },
		/** No named translator stands behind the words of these pages yet. */
		draft: !isReviewed(spokenNow()),
		demo: isDemo()
	};
}
