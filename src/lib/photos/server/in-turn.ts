/** How many photos are decoded at once: each takes up to 160 MB while it is open. */
const atOnce = 2;

let busy = 0;
const waiting: Array<() => void> = [];

/** Runs heavy work when it is its turn. */
export async function inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
	if (busy >= atOnce) await new Promise<void>((turn) => waiting.push(turn));
	else busy++;
	try {
		return await work();
	} finally {
		const next = waiting.shift();
		if (next) next();
		else busy--;
	}
}
