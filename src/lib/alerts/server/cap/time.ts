import { localTime } from '../../../platform/local-time.ts';

const minute = 60_000;
const two = (n: number) => String(n).padStart(2, '0');

/**
 * An instant as CAP writes it (3.3.2): on the municipality's clock with its offset, no fractions, no
 * `Z`; UTC itself is `-00:00`.
 */
export function capTimeOf(at: Date, timeZone: string): string {
	const t = localTime(at, timeZone);
	const wall = `${t.year}-${two(t.month)}-${two(t.day)}T${two(t.hour)}:${two(t.minute)}`;
	const begun = Math.floor(at.getTime() / minute) * minute;
	const ahead = (Date.parse(`${wall}Z`) - begun) / minute;
	const offset = [Math.trunc(Math.abs(ahead) / 60), Math.abs(ahead) % 60].map(two).join(':');
	return `${wall}:${two(at.getUTCSeconds())}${ahead > 0 ? '+' : '-'}${offset}`;
}

/** Milliseconds since 1970, NaN for what is no time. */
export const instantOf = (text: string | undefined) => Date.parse(text ?? '');
