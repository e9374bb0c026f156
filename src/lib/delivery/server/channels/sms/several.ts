import { TryLater, type Answer, type Channel, type Parcel } from '../../../channel.ts';

/** What one gateway gets of a hundred messages: never nothing, so that its recovery is noticed. */
const least = 5;
const most = 95;
const step = 15;
const slow = 4000;

/** Shares after one gateway was quick (`well`) or slow or down: a small shift, and back again. */
export function shift(shares: number[], usual: number[], at: number, well: boolean): number[] {
	if (shares.length < 2) return shares;
	const wanted = well
		? shares[at] +
			Math.sign(usual[at] - shares[at]) * Math.min(step / 3, Math.abs(usual[at] - shares[at]))
		: shares[at] - step;
	const own = Math.min(most, Math.max(least, wanted));
	const others = shares.reduce((sum, share, index) => (index === at ? sum : sum + share), 0);
	return shares.map((share, index) =>
		index === at ? own : others ? (share * (100 - own)) / others : (100 - own) / (shares.length - 1)
	);
}

/** In which order gateways are asked: one by its share, then the others by theirs. */
export function order(shares: number[], draw: number): number[] {
	let left = draw * shares.reduce((sum, share) => sum + share, 0);
	let first = shares.findIndex((share) => (left -= share) < 0);
	if (first < 0) first = shares.length - 1;
	const rest = shares.map((_, at) => at).filter((at) => at !== first);
	return [first, ...rest.sort((a, b) => shares[b] - shares[a])];
}

/**
 * Several gateways as one channel. The first of the settings carries most; one that is slow or down
 * gets less, step by step. What a gateway certainly did not take goes to the next at once; what it
 * may have taken waits for the next try, so that nobody reads it twice.
 */
export function several(gateways: Channel[], draw: () => number = Math.random): Channel {
	if (gateways.length === 1) return gateways[0];
	const usual = gateways.map((_, at) => (at === 0 ? 100 - 10 * (gateways.length - 1) : 10));
	let shares = usual;

	async function ask(at: number, parcel: Parcel): Promise<Answer> {
		const started = performance.now();
		try {
			const answer = await gateways[at].send(parcel);
			shares = shift(shares, usual, at, performance.now() - started < slow);
			return answer;
		} catch (reason) {
			shares = shift(shares, usual, at, false);
			throw reason;
		}
	}

	return {
		ways: () => gateways.flatMap((each) => each.ways?.() ?? []),
		async send(parcel) {
			let last: unknown;
			for (const at of order(shares, draw())) {
				try {
					return await ask(at, parcel);
				} catch (reason) {
					last = reason;
					if (!(reason instanceof TryLater) || !reason.untouched) throw reason;
				}
			}
			throw last;
		},
		async close() {
			for (const each of gateways) await each.close?.();
		}
	};
}
