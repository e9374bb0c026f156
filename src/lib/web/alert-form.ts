import type { AlertRow, Arrival, DraftFacts } from '#lib/alerts/server/index.ts';
import { slotNames } from '#lib/alerts/templates.ts';
import { zoneChecks, type ZoneChecks } from '#lib/alerts/zones.ts';
import { atWallTime, clock, isoDay } from '#lib/platform/time.ts';

/** What the composer sends. Times are the municipality's own clock. */
export function alertFactsOf(form: FormData, timeZone: string): DraftFacts {
	const text = (name: string) => String(form.get(name) ?? '').slice(0, 250_000);
	const time = (name: string) => atWallTime(text(name), timeZone);
	const values = Object.fromEntries(
		slotNames.map((name) => [name, name === 'actBy' ? time(name) : text(name)])
	) as unknown as DraftFacts['values'];
	const metres = Number(text('metres').replace(/\s/g, ''));
	return {
		template: text('template'),
		values,
		gazette: text('ground') === 'direction' ? text('gazette') || '?' : '',
		areaWish: {
			wards: form.getAll('ward').slice(0, 200).map(String),
			around: text('around'),
			metres: text('around') && Number.isFinite(metres) && metres > 0 ? Math.round(metres) : null,
			corners: text('corners'),
			sameAs: text('sameAs') || null
		},
		expiresAt: time('expires'),
		nextUpdateAt: time('next')
	};
}

/** An instant as a `datetime-local` field shows it. */
export const wallTime = (at: Date | null, timeZone: string) =>
	at ? `${isoDay(at, timeZone)}T${clock(at, timeZone)}` : '';

export const zoneChecksOf = (form: FormData): ZoneChecks =>
	Object.fromEntries(zoneChecks.map((each) => [each, form.has(each)])) as ZoneChecks;

/** What comes back from a form that was shown again: to be previewed, or refused. */
export interface Again {
	sent?: Record<string, string>;
	ticked?: string[];
	arrival?: Arrival;
	refusal?: string;
	field?: string;
}

/** What was sent, so that the form shows it again whatever comes of it. */
export const formAgain = (form: FormData) => ({
	sent: Object.fromEntries(
		[...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string')
	),
	ticked: form.getAll('ward').map(String)
});

/** A kept draft as the composer's fields show it. */
export const fieldsOf = (
	row: Pick<
		AlertRow,
		'id' | 'slots' | 'gazette' | 'areaWish' | 'expiresAt' | 'nextUpdateAt' | 'template'
	>,
	timeZone: string
): Record<string, string> => ({
	...row.slots,
	deed: row.id,
	template: row.template,
	actBy: wallTime(row.slots.actBy ? new Date(row.slots.actBy) : null, timeZone),
	next: wallTime(row.nextUpdateAt, timeZone),
	expires: wallTime(row.expiresAt, timeZone),
	ground: row.gazette ? 'direction' : 'advice',
	gazette: row.gazette,
	around: row.areaWish.around,
	metres: row.areaWish.metres ? String(row.areaWish.metres) : '',
	corners: row.areaWish.corners,
	sameAs: row.areaWish.sameAs ?? ''
});
