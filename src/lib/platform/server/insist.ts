/** Milliseconds before each further try. */
const pauses = [100, 1000, 3000];

/**
 * Does what must be written down because it happened outside already: once more after 0.1, 1 and 3
 * seconds, then the fault is the caller's. Only for work that may be done twice.
 */
export async function insist<Answer>(errand: () => Promise<Answer>): Promise<Answer> {
	for (const pause of pauses) {
		try {
			return await errand();
		} catch {
			await new Promise((over) => setTimeout(over, pause));
		}
	}
	return await errand();
}
