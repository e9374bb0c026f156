/** Instants are UTC `Date`s; people read them on the municipality's own clock. */
export const defaultTimeZone = 'Africa/Johannesburg';

export interface LocalTime {
	year: number;
	/** 1 to 12. */
	month: number;
	day: number;
	hour: number;
	minute: number;
	/** 0 is Sunday. */
	weekday: number;
}

const fields = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of a time zone at an instant. */
export function localTime(at: Date, timeZone = defaultTimeZone): LocalTime {
	let format = fields.get(timeZone);
	if (!format) {
		format = new Intl.DateTimeFormat('en-GB', {
			timeZone,
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			hourCycle: 'h23'
		});
		fields.set(timeZone, format);
	}
	const part = Object.fromEntries(
		format.formatToParts(at).map(({ type, value }) => [type, Number(value)])
	);
	const { year, month, day, hour, minute } = part;
	return {
		year,
		month,
		day,
		hour,
		minute,
		weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay()
	};
}

const two = (n: number) => String(n).padStart(2, '0');

/** `16:00` on the municipality's clock. */
export function clock(at: Date, timeZone = defaultTimeZone): string {
	const { hour, minute } = localTime(at, timeZone);
	return `${two(hour)}:${two(minute)}`;
}

/** `2026-11-24` on the municipality's clock: for date fields and file names. */
export function isoDay(at: Date, timeZone = defaultTimeZone): string {
	const t = localTime(at, timeZone);
	return `${t.year}-${two(t.month)}-${two(t.day)}`;
}
