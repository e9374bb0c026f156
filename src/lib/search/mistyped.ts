import { alphabet, readReference } from '../issues/reference.ts';

const enough = 40;

/**
 * The references somebody may have meant who mistyped one sign of `KHA-26-7K3MQ`: one wrong, two that
 * changed places, one too many or one too few. The check character lets few of them through.
 */
export function meantReferences(typed: string): string[] {
	const text = typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
	if (text.length < 8 || text.length > 14 || !/^[A-Z0-9]{2,5}\d\w/.test(text)) return [];
	const found = new Set<string>();
	for (const candidate of neighbours(text)) {
		const reference = readReference(candidate);
		if (reference) found.add(reference);
		if (found.size >= enough) break;
	}
	return [...found];
}

function* neighbours(text: string) {
	const first = text.search(/\d/) + 2;
	for (let at = first; at < text.length; at++) {
		for (const sign of alphabet) yield text.slice(0, at) + sign + text.slice(at + 1);
		yield text.slice(0, at) + text.slice(at + 1);
		if (at + 1 < text.length)
			yield text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);
	}
	for (let at = first; at <= text.length; at++)
		for (const sign of alphabet) yield text.slice(0, at) + sign + text.slice(at);
}
