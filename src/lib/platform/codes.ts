/** A code made of a name: `Roads & Stormwater` becomes `roads-stormwater`. */
export const codeOf = (name: string, most = 40): string =>
	name
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '')
		.slice(0, most)
		.replace(/-$/, '') || 'other';

/** The code, or the first one with a number behind it that nobody uses yet. */
export function freeCode(name: string, taken: Iterable<string>): string {
	const used = new Set(taken);
	const code = codeOf(name);
	for (let n = 2; ; n++) {
		const next = n === 2 && !used.has(code) ? code : `${code}-${n}`;
		if (!used.has(next)) return next;
	}
}
