/** Runs what it is given, so many at a time; the others wait for their turn. */
export function inTurns(atOnce: number) {
	const waiting: Array<() => void> = [];
	let running = 0;
	return async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
		if (running >= atOnce) await new Promise<void>((turn) => waiting.push(turn));
		else running++;
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else running--;
		}
	};
}
