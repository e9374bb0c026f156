/** Milliseconds before each further try. */
const usualPauses = [100, 1000, 3000];

/**
 * Does what must be written down because it happened outside already: once more after 0.1, 1 and 3
 * seconds, then the fault is the caller's. Only for work that may be done twice; the errand is told
 * how often it was tried before.
 */
export async function insist<Answer>(
	errand: (round: number) => Promise<Answer>,
	pauses = usualPauses
): Promise<Answer> {
	for (const [round, pause] of pauses.entries()) {
		try {
			return await errand(round);
		} catch {
			await new Promise((over) => setTimeout(over, pause));
		}
	}
	return await errand(pauses.length);
}
