import { letters } from '../platform/number.ts';

/** What somebody typed or pasted to check: an alert's number, and the letters that prove a version. */
export interface TypedCode {
	number: string;
	proof: string | null;
}

/** `K7F-2QD 7KXM`, however it was typed, alone or within a message; null when there is none. */
export function readCode(typed: string): TypedCode | null {
	const text = typed.slice(0, 6000).toUpperCase();
	const one = `[${letters}]`;
	const found = new RegExp(
		`(?<![A-Z0-9])(${one}{3})[\\s-]?(${one}{3})(?:[\\s-]+(${one}{4}))?(?![A-Z0-9])`,
		'g'
	);
	const all = [...text.matchAll(found)].filter(([whole]) => /\d/.test(whole) || /-/.test(whole));
	const best =
		all.find(([, , , proof]) => proof) ?? all.find(([whole]) => whole.includes('-')) ?? all[0];
	return best ? { number: `${best[1]}-${best[2]}`, proof: best[3] ?? null } : null;
}
