/** What a ready answer may leave open. */
export interface Blanks {
	reference: string;
	service?: string | null;
	place?: string | null;
	/** As people call it: `Ward 7`. */
	ward?: string | null;
}

/** What stands in a blank that nothing is known about. */
const unknown: Record<keyof Blanks, string> = {
	reference: '',
	service: 'what you reported',
	place: 'the place you told us about',
	ward: 'your ward'
};

/** A ready answer with its blanks filled: `{reference}`, `{service}`, `{place}`, `{ward}`. Other braces stay. */
export const fillTemplate = (text: string, blanks: Blanks) =>
	text.replace(
		/\{(reference|service|place|ward)\}/g,
		(_, name: keyof Blanks) => blanks[name] || unknown[name]
	);
