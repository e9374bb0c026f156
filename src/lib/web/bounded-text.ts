/** The body of a request as text; null as soon as it is longer than this many octets. */
export async function boundedText(request: Request, longest: number): Promise<string | null> {
	const parts: Uint8Array[] = [];
	let size = 0;
	const reader = request.body?.getReader();
	if (!reader) return '';
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return Buffer.concat(parts).toString('utf8');
		size += value.length;
		if (size > longest) {
			await reader.cancel();
			return null;
		}
		parts.push(value);
	}
}
