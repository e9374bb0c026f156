import * as v from 'valibot';
import { cleanLine, cleanText, shorten } from '../platform/text.ts';

const column = v.optional(v.pipe(v.string(), v.nonEmpty()));

/** How another system's CSV says what we ask: data, so that another town needs no code. */
export const importMapSchema = v.object({
	/** A short name of the other system; with a row's own number it makes importing twice impossible. */
	source: v.pipe(v.string(), v.regex(/^[\w-]{2,40}$/, 'source: letters, digits and hyphens')),
	municipality: v.optional(v.string()),
	delimiter: v.optional(v.string(), ','),
	/** Texts that mean "nothing". */
	none: v.optional(v.array(v.string()), ['']),
	/** `iso`, or `DD.MM.YYYY HH:mm` on the clock of South Africa. */
	time: v.optional(v.picklist(['iso', 'DD.MM.YYYY HH:mm']), 'iso'),
	columns: v.object({
		sourceRef: v.pipe(v.string(), v.nonEmpty()),
		createdAt: v.pipe(v.string(), v.nonEmpty()),
		service: v.pipe(v.string(), v.nonEmpty()),
		otherRef: column,
		completedAt: column,
		group: column,
		department: column,
		description: column,
		place: column,
		latitude: column,
		longitude: column
	})
});

export type ImportMap = v.InferOutput<typeof importMapSchema>;

/** A request of another system, in our words. */
export interface ImportedRequest {
	sourceRef: string;
	createdAt: Date;
	completedAt: Date | null;
	service: string;
	group: string;
	department: string | null;
	description: string | null;
	place: string | null;
	point: { lon: number; lat: number } | null;
}

export interface RowReading {
	sourceRef: string | null;
	/** None when the row is rejected. */
	request: ImportedRequest | null;
	/** Why it was rejected, or what is odd about an accepted row. */
	remarks: string[];
}

/** Reads one row by the map. What cannot be used is rejected with its reason; what is odd is kept and remarked. */
export function readRow(map: ImportMap, row: Record<string, string>): RowReading {
	const cell = (name: string | undefined) => {
		const text = name === undefined ? '' : cleanText(row[name] ?? '');
		return map.none.includes(text) || text === '' ? null : text;
	};
	const { columns } = map;
	const sourceRef = cell(columns.sourceRef);
	const rejected = (reason: string): RowReading => ({
		sourceRef,
		request: null,
		remarks: [reason]
	});

	if (!sourceRef) return rejected(`${columns.sourceRef}: the row has no number of its own`);
	const created = cell(columns.createdAt);
	if (!created) return rejected(`${columns.createdAt}: nobody knows when it was raised`);
	const createdAt = readTime(map, created);
	if (!createdAt) return rejected(`${columns.createdAt}: “${shorten(created, 40)}” is not a time`);
	const service = cell(columns.service);
	if (!service) return rejected(`${columns.service}: it does not say what it is about`);

	const remarks: string[] = [];
	const completed = cell(columns.completedAt);
	const completedAt = completed ? readTime(map, completed) : null;
	if (completed && !completedAt)
		remarks.push(`${columns.completedAt}: “${shorten(completed, 40)}” is not a time: kept as open`);
	if (completedAt && completedAt < createdAt) remarks.push('completed before it was created');
	if (columns.otherRef && !cell(columns.otherRef)) remarks.push('has no reference number');

	const point = readPoint(cell(columns.latitude), cell(columns.longitude));
	if (point === 'none') remarks.push('has no position');
	if (point === 'odd') remarks.push('its position is not in South Africa: left out');

	return {
		sourceRef,
		remarks,
		request: {
			sourceRef,
			createdAt,
			completedAt,
			service: cleanLine(service).slice(0, 120),
			group: cleanLine(cell(columns.group) ?? 'Other').slice(0, 80),
			department: cell(columns.department)?.slice(0, 120) ?? null,
			description: cell(columns.description)?.slice(0, 5000) ?? null,
			place: cell(columns.place)?.slice(0, 200) ?? null,
			point: typeof point === 'string' ? null : point
		}
	};
}

function readTime({ time }: ImportMap, text: string): Date | null {
	const local = /^(\d{2})\.(\d{2})\.(\d{4})(?: (\d{2}):(\d{2}))?$/.exec(text);
	const iso =
		time === 'iso'
			? text
			: local &&
				`${local[3]}-${local[2]}-${local[1]}T${local[4] ?? '00'}:${local[5] ?? '00'}:00+02:00`;
	// A bare date would be read as midnight in London: refuse what names no offset.
	if (!iso || !/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(iso)) return null;
	const at = new Date(iso);
	return Number.isNaN(at.getTime()) ? null : at;
}

function readPoint(latitude: string | null, longitude: string | null) {
	if (!latitude || !longitude) return 'none';
	const [lat, lon] = [Number(latitude), Number(longitude)];
	const inside = lat > -35.5 && lat < -21.5 && lon > 16 && lon < 33.5;
	return inside ? { lat, lon } : 'odd';
}

/** A code for a service or department of another system: letters, digits, hyphens. */
export const importCode = (name: string) =>
	name
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 60) || 'other';
