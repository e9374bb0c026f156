import { queuePage } from '#lib/issues/server/index.ts';
import { readQueue } from '#lib/issues/queue.ts';
import { stateWords } from '#lib/cases/wording.ts';
import { isoDay } from '#lib/platform/time.ts';
import { csvFile } from '#lib/web/csv.ts';
import { officeMunicipality } from '#lib/web/office.ts';

const mostRows = 20_000;

/** The queue as it is filtered, as a file. */
export async function GET({ locals, url }) {
	const filters = readQueue(url.searchParams);
	const { rows } = await queuePage(locals.db, locals.actor, officeMunicipality(locals), filters, {
		size: mostRows
	});
	return csvFile(`queue-${filters.view}-${isoDay(new Date())}`, rows, {
		reference: (row) => row.reference,
		title: (row) => row.title,
		state: (row) => stateWords[row.state].label,
		reason: (row) => row.reason,
		priority: (row) => row.priority,
		service: (row) => row.serviceName,
		ward: (row) => row.wardCode,
		place: (row) => row.place,
		department: (row) => row.departmentName,
		assignee: (row) => row.assigneeName,
		opened: (row) => row.openedAt,
		last_event: (row) => row.lastEventAt,
		reopened: (row) => row.reopenedCount,
		households: (row) => row.households,
		waits_for_councillor: (row) => row.waitsForCouncillor,
		private: (row) => row.private
	});
}
