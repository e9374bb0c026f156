import type { AuditQuestion } from '#lib/audit/server/index.ts';
import { isId } from '#lib/platform/ids.ts';
import { cleanLine } from '#lib/platform/text.ts';
import { days, later } from '#lib/platform/time.ts';

/** The beginning of a day as people here write it. South Africa keeps one clock, without summer time. */
const startOf = (day: string) => {
	const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00+02:00`) : null;
	return at && !Number.isNaN(at.getTime()) ? at : null;
};

/** What is asked of the audit log by its address. Nonsense asks for nothing. */
export function auditQuestion({ searchParams }: URL): AuditQuestion {
	const text = (name: string) => cleanLine(searchParams.get(name) ?? '').slice(0, 100);
	const last = startOf(text('until'));
	return {
		who: text('who'),
		deed: text('deed'),
		thing: isId(text('thing')) ? text('thing') : '',
		from: startOf(text('from')),
		until: last && later(last, days(1))
	};
}
