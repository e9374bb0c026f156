import { m } from '#lib/i18n/index.ts';

/** How far another report is from this one, in metres, as people say it. */
export const howFar = (metres: number) =>
	metres < 5
		? m.report_same_place()
		: m.report_metres({ n: Math.max(10, Math.round(metres / 10) * 10) });
