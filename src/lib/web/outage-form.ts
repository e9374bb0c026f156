import type { AreaWish } from '#lib/alerts/area.ts';
import type { OutageFacts } from '#lib/outages/server/index.ts';
import { atWallTime } from '#lib/platform/time.ts';
import { wallTime } from './alert-form.ts';

const longest = 250_000;

/** What the office's form of an outage sends. Times are the municipality's own clock. */
export function outageFactsOf(form: FormData, timeZone: string): OutageFacts {
	const text = (name: string) => String(form.get(name) ?? '').slice(0, longest);
	const all = (name: string) => form.getAll(name).slice(0, 200).map(String);
	const metres = Number(text('metres').replace(/\s/g, ''));
	const around = text('around').trim();
	return {
		planned: text('planned') === 'planned',
		services: all('service'),
		areaDesc: text('place'),
		areaWish: {
			wards: all('ward'),
			around,
			metres: around && Number.isFinite(metres) && metres > 0 ? Math.round(metres) : null,
			corners: text('corners').trim(),
			sameAs: null
		},
		startsAt: atWallTime(text('starts'), timeZone),
		forecastEnd: readForecast(form, timeZone),
		words: text('words'),
		language: text('language'),
		reference: text('reference')
	};
}

/** Empty is null, nobody knows; what is no time stays an invalid date, and is refused as one. */
export function readForecast(form: FormData, timeZone: string): Date | null {
	const typed = String(form.get('forecast') ?? '').trim();
	return typed ? (atWallTime(typed, timeZone) ?? new Date(NaN)) : null;
}

/** What stands in the form: as it is kept, proposed, or was just sent. */
export interface OutageFieldValues {
	planned: string;
	services: string[];
	place: string;
	wards: string[];
	around: string;
	metres: string;
	corners: string;
	starts: string;
	forecast: string;
	words: string;
	language: string;
	reference: string;
}

/** An empty form; `starts` is now. */
export const noOutage = (now: Date, timeZone: string): OutageFieldValues => ({
	planned: 'unplanned',
	services: [],
	place: '',
	wards: [],
	around: '',
	metres: '',
	corners: '',
	starts: wallTime(now, timeZone),
	forecast: '',
	words: '',
	language: 'en',
	reference: ''
});

/** A kept draft as the fields show it. */
export const outageFieldsOf = (
	outage: {
		planned: boolean;
		services: Array<{ code: string }>;
		areaDesc: string;
		areaWish: AreaWish;
		startsAt: Date;
		forecastEnd: Date | null;
		words: string;
		language: string;
		reference: string | null;
	},
	timeZone: string
): OutageFieldValues => ({
	planned: outage.planned ? 'planned' : 'unplanned',
	services: outage.services.map(({ code }) => code),
	place: outage.areaDesc,
	wards: outage.areaWish.wards,
	around: outage.areaWish.around,
	metres: outage.areaWish.metres ? String(outage.areaWish.metres) : '',
	corners: outage.areaWish.corners,
	starts: wallTime(outage.startsAt, timeZone),
	forecast: wallTime(outage.forecastEnd, timeZone),
	words: outage.words,
	language: outage.language,
	reference: outage.reference ?? ''
});

/** The same of a form that was refused: nothing that was typed or ticked is lost. */
export const outageFieldsSent = (form: FormData): OutageFieldValues => {
	const text = (name: string) => String(form.get(name) ?? '').slice(0, longest);
	const all = (name: string) => form.getAll(name).slice(0, 200).map(String);
	return {
		planned: text('planned'),
		services: all('service'),
		place: text('place'),
		wards: all('ward'),
		around: text('around'),
		metres: text('metres'),
		corners: text('corners'),
		starts: text('starts'),
		forecast: text('forecast'),
		words: text('words'),
		language: text('language'),
		reference: text('reference')
	};
};
