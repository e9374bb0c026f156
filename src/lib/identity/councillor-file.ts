import { readEmail } from './contact.ts';

/** One row of a list of councillors, read; texts are cleaned. */
export interface CouncillorRow {
	/** Code or number of the ward. */
	ward: string;
	name: string;
	term: 'ward' | 'pr';
	startsAt: Date;
	email: string;
	phone: string;
}

export type ReadCouncillor = { row: CouncillorRow } | { reason: string };

/** What the columns are called, in the files we have seen; the first that is there is read. */
// prettier-ignore
const columns = {
	ward: ['ward_id', 'ward_code', 'wardid', 'ward', 'ward_no', 'ward_number'],
	name: ['councillor', 'councillor_name', 'name', 'full_name'],
	term: ['type', 'term', 'seat'],
	start: ['start_date', 'start', 'from', 'elected'],
	email: ['email', 'e_mail', 'e_mail_address'],
	phone: ['phone', 'cell', 'cellphone', 'mobile']
} as const;

const plain = (column: string) =>
	column
		.trim()
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '_');

const terms: Record<string, 'ward' | 'pr'> = {
	'': 'ward',
	ward: 'ward',
	directly_elected: 'ward',
	pr: 'pr',
	proportional: 'pr',
	proportional_representation: 'pr'
};

/** A day as it begins in South Africa, or null. */
export function dayInSouthAfrica(text: string): Date | null {
	const day = new Date(`${text}T00:00:00+02:00`);
	return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) ? day : null;
}

/**
 * Reads one row of a CSV, or says why it cannot be used. Parties are left out: the product speaks of
 * wards and promises. `startsAt` serves rows without a day of their own.
 */
export function readCouncillor(
	record: Record<string, string>,
	startsAt: Date | null
): ReadCouncillor {
	const named = Object.fromEntries(
		Object.entries(record).map(([column, value]) => [plain(column), value.trim()])
	);
	const field = (of: keyof typeof columns) =>
		columns[of].map((name) => named[name]).find(Boolean) ?? '';
	const name = field('name').replace(/\s+/g, ' ');
	const term = terms[plain(field('term'))];
	const start = field('start') ? dayInSouthAfrica(field('start')) : startsAt;
	const email = field('email');

	if (!name) return { reason: 'no name' };
	if (name.length > 100) return { reason: 'a name of more than 100 characters' };
	if (!field('ward')) return { reason: 'no ward' };
	if (!term) return { reason: `type “${field('term').slice(0, 20)}” is neither ward nor pr` };
	if (!start) return { reason: 'no day of start like 2026-11-02 (give one for all with --from)' };
	if (email && !readEmail(email)) return { reason: 'an e-mail address that is none' };
	return {
		row: { ward: field('ward'), name, term, startsAt: start, email, phone: field('phone') }
	};
}
