/** What comes back to a form that was refused. */
export interface Refused {
	problems: Array<{ field: string; message: string }>;
	sent: Record<string, string[]>;
	[other: string]: unknown;
}

/** The one thing that was refused, as a summary of errors lists it; nothing where nothing was. */
export const problemsOf = (form: { refusal?: string; field?: string } | null | undefined) =>
	form?.refusal ? [{ field: form.field ?? '', message: form.refusal }] : [];

/**
 * What a form shows: what the person sent if it was refused, otherwise what is stored. One set of
 * questions, so that no field forgets what was typed into it.
 */
export function formState(form: Partial<Refused> | null | undefined) {
	const sent = form?.sent;
	const problems = form?.problems ?? [];
	return {
		problems,
		refused: Boolean(sent),
		text: (name: string, stored: string | number | null | undefined = '') =>
			sent ? (sent[name]?.[0] ?? '') : String(stored ?? ''),
		all: (name: string, stored: string[]) => (sent ? (sent[name] ?? []) : stored),
		ticked: (name: string, stored = false) => (sent ? name in sent : stored),
		error: (name: string) => problems.find(({ field }) => field === name)?.message
	};
}
