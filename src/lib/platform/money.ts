/** Rand as somebody types them, in whole cents: `1 250`, `1250.50`, `R 12,5`. Null for what is none. */
export function centsOf(typed: string): number | null {
	const [, rand, cents = ''] =
		/^R?\s*(\d{1,9})(?:[.,](\d{1,2}))?$/i.exec(
			typed.replace(/(?<=\d)[\s\u2009\u00a0](?=\d{3})/g, '').trim()
		) ?? [];
	return rand === undefined ? null : Number(rand) * 100 + Number(cents.padEnd(2, '0'));
}

/** Cents as a field shows them: `1250.50`. */
export const randText = (cents: number) => (cents / 100).toFixed(2);

/** `R 1 250.50`, with narrow spaces. */
export const rand = (cents: number) => {
	const [whole, part] = randText(cents).split('.');
	return `R\u00a0${whole.replace(/\B(?=(\d{3})+(?!\d))/g, '\u2009')}.${part}`;
};
