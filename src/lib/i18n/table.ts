/**
 * A table of words that is read like a constant and answers each reader in their language. Spreading
 * or copying it fixes the language: do that while somebody is asking, never when a module loads.
 */
/* @__NO_SIDE_EFFECTS__ */
export function tableOf<Code extends string>(
	words: Record<Code, () => string>
): Readonly<Record<Code, string>> {
	const getters = Object.entries<() => string>(words).map(([code, say]) => [
		code,
		{ get: () => say(), enumerable: true }
	]);
	return Object.defineProperties({} as Record<Code, string>, Object.fromEntries(getters));
}
