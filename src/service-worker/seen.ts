/** How a push asks to be reported: its mark, which part of the phones answers, within how many seconds. */
export interface Report {
	told: string;
	share: number;
	within: number;
}

/** A worker that waits longer is ended by its browser. */
const longest = 20;

export function readReport(data: unknown): Report | null {
	const { told, share, within } = (data ?? {}) as Record<string, unknown>;
	if (typeof told !== 'string' || !/^[\w-]{43}$/.test(told)) return null;
	const number = (value: unknown, most: number) =>
		typeof value === 'number' && value >= 0 ? Math.min(value, most) : 0;
	return { told, share: number(share, 1), within: number(within, longest) };
}

/** Says that it was shown: some phones, each at a moment of its own, so that nobody runs us over. */
export async function sayShown({ told, share, within }: Report) {
	if (Math.random() >= share) return;
	await new Promise((later) => setTimeout(later, Math.random() * within * 1000));
	await say(told, 'shown');
}

/** Without a cookie: the mark says all there is to say. Unheard is no harm. */
export const say = (told: string, stage: 'shown' | 'opened') =>
	fetch('/api/push/seen', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ told, stage }),
		credentials: 'omit',
		keepalive: true
	}).catch(() => null);
