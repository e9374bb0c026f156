import * as v from 'valibot';
import { cleanLine } from './text.ts';

/** One line of words, perhaps empty. `what` is the field as people read it. */
export const line = (what: string, most: number) =>
	v.pipe(
		v.optional(v.string(`${what}: give one answer`), ''),
		v.transform(cleanLine),
		v.maxLength(most, `${what}: ${most} characters at most`)
	);

/** One line of words that must be there. `missing` asks for it. */
export const neededLine = (what: string, most: number, missing: string) =>
	v.pipe(line(what, most), v.minLength(1, missing));

/** Words over several lines, perhaps empty. */
export const words = (what: string, most: number) =>
	v.pipe(
		v.optional(v.string(`${what}: give one answer`), ''),
		v.maxLength(most, `${what}: ${most} characters at most`)
	);

/** A box that is ticked or not. */
export const tick = v.pipe(v.optional(v.unknown()), v.transform(Boolean));

/** One of a list of codes; `message` asks for it. */
export const oneOf = <const Codes extends readonly [string, ...string[]]>(
	codes: Codes,
	message: string
) => v.pipe(v.optional(v.string(message), ''), v.picklist(codes, message));

/** A whole number as somebody types it. */
export const wholeNumber = (what: string, least: number, most: number) =>
	v.pipe(
		v.optional(v.string(`${what}: a number from ${least} to ${most}`), ''),
		v.regex(/^\d{1,9}$/, `${what}: a number from ${least} to ${most}`),
		v.transform(Number),
		v.minValue(least, `${what}: ${least} at least`),
		v.maxValue(most, `${what}: ${most} at most`)
	);

/** Fields that come once or many times, as a list. */
export const list = v.pipe(
	v.optional(v.union([v.string(), v.array(v.string())]), []),
	v.transform((sent) => (typeof sent === 'string' ? [sent] : sent))
);

/** An e-mail address, perhaps empty. */
export const email = v.pipe(
	line('E-mail', 254),
	v.check(
		(text) => text === '' || /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text),
		'E-mail: write it like water@khanyisa.gov.za'
	)
);

/** A telephone number or short code as it is dialled, perhaps empty. */
export const dialled = (what = 'Telephone') =>
	v.pipe(
		line(what, 30),
		v.check(
			(text) => text === '' || /^[+*#\d][\d\s()*#-]{1,28}$/.test(text),
			`${what}: digits as they are dialled, like 044 302 6300`
		)
	);
