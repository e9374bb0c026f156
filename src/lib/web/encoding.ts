/** The best encoding the browser accepts; `;q=0` refuses one (RFC 9110 12.5.3). */
export function choose(accepted: string): 'br' | 'gzip' | null {
	const offers = new Map(
		accepted.split(',').map((offer) => {
			const [name, ...parameters] = offer.trim().toLowerCase().split(';');
			const q = parameters.map((each) => /^\s*q=([\d.]+)/.exec(each)?.[1]).find(Boolean);
			return [name.trim(), q === undefined ? 1 : Number(q)] as const;
		})
	);
	const takes = (name: string) => (offers.get(name) ?? offers.get('*') ?? 0) > 0;
	return takes('br') ? 'br' : takes('gzip') ? 'gzip' : null;
}

const known = new Map<string, ReturnType<typeof choose>>();

/** `choose`, remembered: browsers say the same few things. */
export function chosen(accepted: string): 'br' | 'gzip' | null {
	let coding = known.get(accepted);
	if (coding !== undefined) return coding;
	coding = choose(accepted);
	if (known.size >= 200) known.clear();
	if (accepted.length <= 100) known.set(accepted, coding);
	return coding;
}
