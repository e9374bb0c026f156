import type { NewsFacts } from '#lib/noticeboard/server/index.ts';

/** What the office's form of a piece of news sends. */
export const newsFactsOf = (form: FormData): NewsFacts => {
	const text = (name: string) => String(form.get(name) ?? '').slice(0, 20_000);
	const all = (name: string) => form.getAll(name).slice(0, 500).map(String);
	return {
		title: text('title'),
		words: text('words'),
		language: text('language'),
		topics: all('topic'),
		wardCodes: all('ward')
	};
};

/** Ticked boxes come back to a refused form too; texts alone would lose them. */
export const ticked = (form: FormData) => ({
	topics: form.getAll('topic').map(String),
	wardCodes: form.getAll('ward').map(String)
});
